package dev.backstop.cli.attacks;

import dev.backstop.cli.check.print.SafeText;
import dev.backstop.server.attacks.Episode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Attacks, one a line. */
final class AttackTable {
  private final List<Episode> attacks;
  private final DateTimeFormatter time;

  AttackTable(List<Episode> attacks, ZoneId zone) {
    this.attacks = attacks;
    this.time = DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(zone);
  }

  @Override
  public String toString() {
    if (attacks.isEmpty()) {
      return "No attacks.%n".formatted();
    }
    var text = new StringBuilder(256);
    text.append(
        "  %-20s %-12s %-12s %9s %9s  %s%n"
            .formatted("attack", "began", "last", "messages", "a minute", "on"));
    for (Episode attack : attacks) {
      String last = attack.isRunning() ? "under way" : time.format(attack.lastSeen());
      text.append(
          "  %-20s %-12s %-12s %,9d %,9d  %s%n"
              .formatted(
                  attack.id(),
                  began(attack.began()),
                  last,
                  attack.messages(),
                  attack.peak(),
                  SafeText.of(attack.name())));
    }
    return text.append("%nbackstop attacks ID explains one.%n".formatted()).toString();
  }

  private String began(Instant at) {
    return time.format(at);
  }
}
