/** What an SMTP client asks for (RFC 5321 §4.1). No input or output. */
@NullMarked
package dev.backstop.edge.smtp.command;

import org.jspecify.annotations.NullMarked;
