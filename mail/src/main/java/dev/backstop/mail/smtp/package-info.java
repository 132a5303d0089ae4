/**
 * The SMTP transaction as Backstop sees it, whichever door it came through, and the reply that goes
 * back (RFC 5321 §3.3, §4.2; RFC 3463). Start with {@link dev.backstop.mail.smtp.Transaction}.
 */
@NullMarked
package dev.backstop.mail.smtp;

import org.jspecify.annotations.NullMarked;
