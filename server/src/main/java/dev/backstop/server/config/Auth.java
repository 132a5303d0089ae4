package dev.backstop.server.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How the senders of incoming mail are checked.
 *
 * @param check whether they are checked at all
 * @param name our name in Authentication-Results (RFC 8601 §2.5); empty: the name of this host
 * @param maxQueries questions to name servers for one message
 * @param timeLimit for all checks of one message together
 * @param keep how long it is remembered who sent what
 */
public record Auth(
    boolean check, Optional<String> name, int maxQueries, Duration timeLimit, Duration keep) {
  static final Auth DEFAULT =
      new Auth(true, Optional.empty(), 200, Duration.ofSeconds(20), Duration.ofDays(7));

  static Auth read(Section section) {
    Auth auth =
        new Auth(
            section.flag("check", DEFAULT.check()),
            section.value("name", "\"mx.example.com\"", DomainName::parse),
            section.number("max-queries", DEFAULT.maxQueries(), 10, 1000),
            section.duration(
                "time-limit", DEFAULT.timeLimit(), Duration.ofSeconds(1), Duration.ofMinutes(2)),
            section.duration("keep", DEFAULT.keep(), Duration.ofDays(1), Duration.ofDays(366)));
    section.refuseOthers();
    return auth;
  }
}
