/**
 * What DNS says of the client itself: its reverse name ({@code iprev}, RFC 8601 §3) and the name
 * that it greets with (RFC 5321 §4.1.4).
 *
 * <p>Both are facts, not verdicts. Many honest hosts have neither in order, and RFC 5321 forbids to
 * refuse mail for a name that does not fit; but a sender of forged bounces mostly has neither.
 * Start with {@link dev.backstop.auth.reverse.ReverseDns} and {@link
 * dev.backstop.auth.reverse.HeloCheck}.
 */
@NullMarked
package dev.backstop.auth.reverse;

import org.jspecify.annotations.NullMarked;
