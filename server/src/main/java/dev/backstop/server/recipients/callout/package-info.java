/** Asking another mail server with RCPT. */
@NullMarked
package dev.backstop.server.recipients.callout;

import org.jspecify.annotations.NullMarked;
