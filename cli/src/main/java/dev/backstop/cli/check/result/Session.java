package dev.backstop.cli.check.result;

import org.jspecify.annotations.Nullable;

/**
 * What the server would say in a session.
 *
 * @param stage {@code rcpt} or {@code end}: when it was decided
 * @param mode {@code observe} or {@code enforce}, as it holds for all recipients together
 * @param action {@code passed}, {@code marked}, {@code quarantined}, {@code refused} or {@code
 *     slowed}
 * @param enforcing what would be done if all recipients' domains enforced: {@code pass}, {@code
 *     mark}, {@code quarantine}, {@code refuse}
 * @param reply what the client is told; {@code null} when the message goes on
 * @param header the value of {@code Backstop-Verdict}, unfolded; {@code null} when there is none
 */
public record Session(
    String stage,
    String mode,
    String action,
    String enforcing,
    @Nullable String reply,
    @Nullable String header) {}
