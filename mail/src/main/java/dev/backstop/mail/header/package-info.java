/**
 * What stands inside header fields: encoded words (RFC 2047), parameters (RFC 2045, RFC 2231),
 * address lists (RFC 5322 §3.4), Message-IDs (§3.6.4), Received (RFC 5321 §4.4) and Auto-Submitted
 * (RFC 3834 §5).
 *
 * <p>The values come from strangers and are mostly slightly wrong, so every class here reads as
 * much as makes sense, within bounds, and never throws. Nothing here may decide who a sender is:
 * that is {@link dev.backstop.mail.address.ReversePath}, which refuses what it does not understand.
 */
@NullMarked
package dev.backstop.mail.header;

import org.jspecify.annotations.NullMarked;
