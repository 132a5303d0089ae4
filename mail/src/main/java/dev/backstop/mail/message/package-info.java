/** Messages as bytes: header, body, and what MIME says about them (RFC 5322, RFC 2045). */
@NullMarked
package dev.backstop.mail.message;

import org.jspecify.annotations.NullMarked;
