/**
 * Mail addresses as they stand in an SMTP envelope (RFC 5321 §4.1.2).
 *
 * <p>The one rule that everything else leans on: text that does not parse is an error and never the
 * null reverse-path, because a forged sender that reads as {@code <>} would be treated as a bounce.
 * Start with {@link dev.backstop.mail.address.ReversePath#parse}.
 */
@NullMarked
package dev.backstop.mail.address;

import org.jspecify.annotations.NullMarked;
