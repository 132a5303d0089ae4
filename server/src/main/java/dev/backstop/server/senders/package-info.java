/**
 * Who sends us mail, and what is done about it: the checks of {@code auth} run for each incoming
 * message at one time, their results are joined, weighed by the configuration, written into the
 * header (RFC 8601) and remembered. Start with {@link dev.backstop.server.senders.SenderChecks}.
 */
@NullMarked
package dev.backstop.server.senders;

import org.jspecify.annotations.NullMarked;
