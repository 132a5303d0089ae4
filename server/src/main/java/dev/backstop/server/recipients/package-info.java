/**
 * Whether a recipient in a domain of ours exists, so that mail to nobody is refused in the session
 * and bounced by no one. Start with {@link dev.backstop.server.recipients.Recipients}; {@code
 * docs/recipients.md} is its manual.
 */
@NullMarked
package dev.backstop.server.recipients;

import org.jspecify.annotations.NullMarked;
