package dev.backstop.store;

import dev.backstop.bounce.verdict.Verdict;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which events are looked for; what is {@code null} may be anything.
 *
 * @param domain ours, without regard to case
 * @param recipient address, without regard to case
 * @param enforced the verdict when enforcing; an event that an earlier release wrote has none
 * @param from not before that
 * @param to before that
 * @param most taken as {@value #MOST} when more
 */
public record EventQuery(
    @Nullable String domain,
    @Nullable String recipient,
    @Nullable Verdict verdict,
    @Nullable Verdict enforced,
    Instant from,
    Instant to,
    int most) {
  public static final int MOST = 1_000;

  public EventQuery {
    domain = domain == null ? null : domain.toLowerCase(Locale.ROOT);
    most = Math.clamp(most, 0, MOST);
  }
}
