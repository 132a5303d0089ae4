package dev.backstop.cli.ready;

import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.server.config.AnswerMode;
import dev.backstop.server.config.DomainConfig;
import dev.backstop.server.readiness.Obstacle;
import dev.backstop.server.readiness.Readiness;
import dev.backstop.store.Outlook;
import dev.backstop.store.Stream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One domain's answer, as text or as JSON.
 *
 * @param enforcing since when the domain enforces by itself; {@code null} when it does not
 */
record ReadyAnswer(
    DomainConfig domain, Readiness readiness, @Nullable Instant enforcing, Instant now) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  String text() {
    var text = new StringBuilder();
    text.append(domain.name()).append(": ").append(conclusion()).append('\n');
    text.append("  mode      ").append(mode()).append('\n');
    Instant covered = readiness.covered();
    text.append("  covered   ")
        .append(
            covered == null
                ? "no"
                : "since "
                    + TIME.format(covered)
                    + " ("
                    + length(covered)
                    + "), tags count "
                    + Readiness.LIFETIME.toDays()
                    + " days")
        .append('\n');
    for (Obstacle obstacle : readiness.obstacles()) {
      text.append("  in the way: ").append(obstacle.text()).append('\n');
      text.append("            ").append(obstacle.mend()).append('\n');
      if (obstacle.until().isBefore(Instant.MAX)) {
        text.append("            Over on ").append(TIME.format(obstacle.until()));
        text.append(", if nothing more happens.\n");
      }
    }
    text.append("  last week ").append(outlook()).append('\n');
    for (Stream stream : readiness.streams()) {
      text.append("  seen      ")
          .append(stream.kind())
          .append(" from ")
          .append(stream.source())
          .append(": ")
          .append(stream.messages())
          .append(", last ")
          .append(TIME.format(stream.last()))
          .append('\n');
    }
    return text.toString();
  }

  private String conclusion() {
    if (!readiness.isSafe()) {
      return domain.answers().mode() == AnswerMode.ENFORCE || enforcing != null
          ? "enforces, and that may lose genuine answers"
          : "not yet";
    }
    return domain.answers().mode() == AnswerMode.ENFORCE || enforcing != null
        ? "enforces, and that is safe"
        : "can enforce: write  mode = \"enforce\"  (or \"auto\") for it";
  }

  private String mode() {
    return domain.answers().mode()
        + (enforcing == null ? "" : ", enforces by itself since " + TIME.format(enforcing));
  }

  private String length(Instant since) {
    Duration length = Duration.between(since, now);
    return length.toDays() > 0 ? length.toDays() + " days" : length.toHours() + " hours";
  }

  private String outlook() {
    return count(Verdict.GENUINE)
        + " genuine, "
        + count(Verdict.UNPROVEN)
        + " unproven; enforcing refuses "
        + readiness.wouldRefuse();
  }

  /** As an enforcing domain judges. */
  private long count(Verdict verdict) {
    return readiness.outlook().stream()
        .filter(count -> count.enforced() == verdict)
        .mapToLong(Outlook::events)
        .sum();
  }

  String json() {
    var root = JSON.createObjectNode();
    root.put("domain", domain.name());
    root.put("mode", domain.answers().mode().toString());
    root.put("safe", readiness.isSafe());
    root.put("coveredSince", time(readiness.covered()));
    root.put("safeSince", time(readiness.safeSince()));
    root.put("enforcesByItselfSince", time(enforcing));
    var obstacles = root.putArray("obstacles");
    for (Obstacle obstacle : readiness.obstacles()) {
      obstacles
          .addObject()
          .put("code", obstacle.code())
          .put("text", obstacle.text())
          .put("mend", obstacle.mend())
          .put("until", obstacle.until().equals(Instant.MAX) ? null : time(obstacle.until()));
    }
    root.putObject("lastWeek")
        .put("genuine", count(Verdict.GENUINE))
        .put("unproven", count(Verdict.UNPROVEN))
        .put("enforcingRefuses", readiness.wouldRefuse());
    var streams = root.putArray("streams");
    for (Stream stream : readiness.streams()) {
      streams
          .addObject()
          .put("kind", stream.kind())
          .put("source", stream.source())
          .put("messages", stream.messages())
          .put("first", time(stream.first()))
          .put("last", time(stream.last()))
          .put("example", stream.example());
    }
    return root.toString();
  }

  private static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
