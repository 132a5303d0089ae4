package dev.backstop.server.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.store.Outlook;
import dev.backstop.store.Stream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadinessTest {
  private static final Instant NOW = Instant.parse("2026-03-20T12:00:00Z");

  @Test
  void safeWhenEverythingWasCoveredForATagsLifetime() {
    Readiness readiness = readiness(Duration.ofDays(10), List.of());

    assertThat(readiness.isSafe()).isTrue();
    assertThat(readiness.safeSince()).isEqualTo(NOW.minus(Duration.ofDays(3)));
    assertThat(readiness.wouldRefuse()).isEqualTo(7);
  }

  @Test
  void notSafeBeforeThat() {
    Readiness readiness = readiness(Duration.ofDays(6), List.of());

    assertThat(readiness.isSafe()).isFalse();
    assertThat(readiness.obstacles())
        .singleElement()
        .satisfies(obstacle -> {
          assertThat(obstacle.code()).isEqualTo("covered-too-short");
          assertThat(obstacle.until()).isEqualTo(NOW.plus(Duration.ofDays(1)));
          assertThat(obstacle.text()).contains("since 2026-03-14 12:00 UTC");
        });
  }

  @Test
  void notSafeWhileMailLeavesUnrecorded() {
    assertThat(
            Readiness.of("ours.test", Optional.empty(), List.of(through()), List.of(), NOW)
                .obstacles())
        .extracting(Obstacle::code)
        .containsExactly("not-covered");
  }

  /** Only the incoming side of the mail server was connected. */
  @Test
  void notSafeWhenNothingLeavesThroughUs() {
    Readiness readiness =
        Readiness.of(
            "ours.test",
            Optional.of(NOW.minus(Duration.ofDays(30))),
            List.of(stream(Kind.WITHOUT_TAG, 9)),
            List.of(),
            NOW);

    assertThat(readiness.obstacles()).extracting(Obstacle::code).containsExactly("nothing-sent");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"FROM_OUTSIDE", "GENUINE_WITHOUT_TAG", "REFUSED_THOUGH_LIKELY"})
  void aStreamThatLeavesPastUsStandsInTheWay(Kind kind) {
    Readiness readiness = readiness(Duration.ofDays(10), List.of(stream(kind, 3)));

    assertThat(readiness.obstacles())
        .singleElement()
        .satisfies(obstacle -> {
          assertThat(obstacle.code()).isEqualTo(kind.toString());
          assertThat(obstacle.text()).contains("203.0.113.0/24").contains("3 messages");
          assertThat(obstacle.mend()).isNotBlank();
          assertThat(obstacle.until()).isEqualTo(NOW.minusSeconds(60).plus(Readiness.LIFETIME));
        });
    assertThat(readiness.safeSince()).isNull();
  }

  @Test
  void oneOrTwoMessagesMayBeAnAccident() {
    assertThat(readiness(Duration.ofDays(10), List.of(stream(Kind.FROM_OUTSIDE, 2))).isSafe())
        .isTrue();
  }

  private static Readiness readiness(Duration covered, List<Stream> streams) {
    List<Stream> all = new ArrayList<>(streams);
    all.add(through());
    return Readiness.of(
        "ours.test",
        Optional.of(NOW.minus(covered)),
        all,
        List.of(
            new Outlook(Verdict.UNPROVEN, Verdict.BACKSCATTER, "passed", 7),
            new Outlook(Verdict.GENUINE, Verdict.GENUINE, "passed", 2)),
        NOW);
  }

  private static Stream through() {
    return stream(Kind.THROUGH_US, 100);
  }

  private static Stream stream(Kind kind, long messages) {
    return new Stream(
        "ours.test",
        kind.toString(),
        "203.0.113.0/24",
        NOW.minus(Duration.ofDays(2)),
        NOW.minusSeconds(60),
        messages,
        "an example");
  }
}
