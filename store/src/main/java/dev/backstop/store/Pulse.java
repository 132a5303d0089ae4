package dev.backstop.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store's health, said loudly when it changes and again each minute that it is bad. */
final class Pulse {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final Duration REMIND = Duration.ofMinutes(1);
  private final Path file;
  private final InstantSource clock;
  private volatile Health health = Health.OK;
  private Instant said = Instant.MIN;

  Pulse(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  Health health() {
    return health;
  }

  boolean isOk() {
    return health instanceof Health.Ok;
  }

  synchronized void failing(String reason) {
    Instant now = clock.instant();
    Instant since = health instanceof Health.Failing f ? f.since() : now;
    boolean news = !(health instanceof Health.Failing f && f.reason().equals(reason));
    health = new Health.Failing(reason, since);
    if (news || Duration.between(said, now).compareTo(REMIND) >= 0) {
      said = now;
      LOG.error(
          "the store {} fails since {}: {}. Mail goes on by the policy for a failing store",
          file,
          since,
          reason);
    }
  }

  synchronized void working() {
    if (health instanceof Health.Failing f) {
      health = Health.OK;
      LOG.warn("the store {} works again, it had failed since {}", file, f.since());
    }
  }
}
