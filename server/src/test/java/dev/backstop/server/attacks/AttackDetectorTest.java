package dev.backstop.server.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttackDetectorTest {
  private static final String VICTIM = "anna@ours.example";
  private static final String OWNER = "news@ours.example";
  private final Feed feed = new Feed();

  @ParameterizedTest
  @ValueSource(longs = {0, 100, 1_000, 4_000, 10_000, 60_000})
  void aQuietAddressIsFoundAttackedWithin30Messages(long millisBetween) {
    int messages = feed.sendUntilAlarm(VICTIM, 100, Duration.ofMillis(millisBetween));
    assertThat(messages).isBetween(20, 30);
    assertThat(feed.began).hasSize(1);
    assertThat(feed.began.getFirst().scope()).isEqualTo(Scope.ADDRESS);
    assertThat(feed.began.getFirst().name()).isEqualTo(VICTIM);
    assertThat(feed.began.getFirst().messages()).isBetween(messages - 1L, messages + 1L);
    assertThat(feed.detector.underAttack(Feed.mailbox("Anna@ours.example")))
        .isEqualTo(Exposure.ADDRESS);
    assertThat(feed.detector.underAttack(Feed.mailbox("bob@ours.example")))
        .isEqualTo(Exposure.NONE);
  }

  @Test
  void aSlowOneThatLastsHoursIsOneAttack() {
    feed.send(VICTIM, 600, Duration.ofMinutes(1));
    assertThat(feed.began).hasSize(1);
    assertThat(feed.ended).isEmpty();
    assertThat(feed.detector.running().getFirst().messages()).isBetween(590L, 600L);
    feed.pass(Duration.ofMinutes(31));
    assertThat(feed.ended).hasSize(1);
  }

  @Test
  void aFewAnHourAreNoAttackHoweverLongTheyCome() {
    feed.send(VICTIM, 500, Duration.ofMinutes(4));
    assertThat(feed.began).isEmpty();
  }

  @Test
  void aBusyAddressIsFoundAttackedWithinTwoMinutes() {
    for (int week = 0; week < 4; week++) {
      feed.mailing(OWNER);
      feed.pass(Duration.ofDays(6));
    }
    feed.began.clear();
    // Ten a second: what a joe-job of some size brings.
    int messages = feed.sendUntilAlarm(OWNER, 10_000, Duration.ofMillis(100));
    assertThat(messages).isBetween(20, 1_200);
  }

  @Test
  void theOwnerOfANewsletterAlarmsTwiceAndThenNoMore() {
    for (int week = 0; week < 10; week++) {
      feed.mailing(OWNER);
      feed.pass(Duration.ofDays(6));
    }
    assertThat(feed.began).hasSize(2);
    assertThat(feed.began).allMatch(episode -> episode.name().equals(OWNER));
    feed.pass(Duration.ofDays(30));
    feed.mailing(OWNER);
    assertThat(feed.began).as("a month later it is still known").hasSize(2);
  }

  @Test
  void aMailingThatLeavesThroughUsNeverAlarms() {
    for (int i = 0; i < 2_000; i++) {
      feed.pass(Duration.ofMillis(500 + 5L * i));
      if (i % 3 == 0) {
        feed.detector.genuine(feed.instant(), Feed.mailbox(OWNER));
      }
      feed.send(OWNER, 1);
    }
    assertThat(feed.began).isEmpty();
  }

  @Test
  void theWavesOfOneJoeJobAreAllFound() {
    for (int day = 0; day < 3; day++) {
      feed.send(VICTIM, 3_000, Duration.ofSeconds(1));
      feed.pass(Duration.ofHours(20));
    }
    assertThat(feed.began).hasSize(3);
    assertThat(feed.ended).hasSize(3);
  }

  @Test
  void aDictionaryAttackIsOneOnTheDomain() {
    for (int i = 0; i < 5_000; i++) {
      feed.send("x" + i * 7919 + "@ours.example", 1, Duration.ofMillis(200));
    }
    assertThat(feed.began).hasSize(1);
    Episode episode = feed.began.getFirst();
    assertThat(episode.scope()).isEqualTo(Scope.DOMAIN);
    assertThat(episode.name()).isEqualTo("ours.example");
    assertThat(episode.messages()).isLessThanOrEqualTo(30);
    assertThat(feed.detector.running().getFirst().messages()).isBetween(4_990L, 5_000L);
    assertThat(feed.detector.underAttack(Feed.mailbox(VICTIM))).isEqualTo(Exposure.DOMAIN);
    assertThat(feed.detector.underAttack(Feed.mailbox("anna@other.example")))
        .isEqualTo(Exposure.NONE);
  }

  @Test
  void oneAttackedAddressIsNoAttackOnItsDomain() {
    feed.send(VICTIM, 5_000, Duration.ofMillis(100));
    assertThat(feed.began).singleElement().extracting(Episode::scope).isEqualTo(Scope.ADDRESS);
  }

  @Test
  void bothAreFoundWhenBothHappen() {
    for (int i = 0; i < 2_000; i++) {
      feed.send("x" + i + "@ours.example", 1, Duration.ofMillis(100));
      feed.send(VICTIM, 1);
    }
    assertThat(feed.began)
        .extracting(Episode::scope)
        .containsExactlyInAnyOrder(Scope.ADDRESS, Scope.DOMAIN);
    assertThat(feed.detector.running()).extracting(Episode::messages).allMatch(n -> n > 1_900);
    assertThat(feed.detector.underAttack(Feed.mailbox(VICTIM))).isEqualTo(Exposure.ADDRESS);
  }

  @Test
  void itEndsHalfAnHourAfterTheLastOfIt() {
    feed.send(VICTIM, 1_000, Duration.ofSeconds(1));
    feed.pass(Duration.ofMinutes(29));
    assertThat(feed.ended).isEmpty();
    feed.pass(Duration.ofMinutes(2));
    assertThat(feed.ended).hasSize(1);
    Episode episode = feed.ended.getFirst();
    assertThat(episode.messages()).isBetween(995L, 1_000L);
    assertThat(episode.refused()).isBetween(200L, 250L);
    assertThat(episode.peak()).isEqualTo(60);
    assertThat(episode.began()).isBetween(Feed.START, Feed.START.plusSeconds(10));
    assertThat(episode.lastSeen()).isEqualTo(Feed.START.plusSeconds(1_000));
    assertThat(episode.isRunning()).isFalse();
    assertThat(feed.detector.underAttack(Feed.mailbox(VICTIM))).isEqualTo(Exposure.NONE);
    feed.send(VICTIM, 10);
    assertThat(feed.began).as("what is left of it is no new one").hasSize(1);
  }

  @Test
  void aPauseShorterThanTheQuietTimeIsPartOfIt() {
    for (int i = 0; i < 5; i++) {
      feed.send(VICTIM, 100, Duration.ofSeconds(1));
      feed.pass(Duration.ofMinutes(25));
    }
    assertThat(feed.began).hasSize(1);
    assertThat(feed.ended).isEmpty();
  }

  @Test
  void aNewDomainGetsUsedToItsSteadyFlowWithinHours() {
    for (int i = 0; i < 24 * 60; i++) {
      feed.send("user" + i + "@ours.example", 2, Duration.ofMinutes(1));
    }
    assertThat(feed.began).hasSize(1);
    assertThat(feed.ended).hasSize(1);
    assertThat(feed.ended.getFirst().ended()).isBefore(Feed.START.plus(Duration.ofHours(6)));
    for (int i = 0; i < 3 * 24 * 60; i++) {
      feed.send("user" + i % 3000 + "@ours.example", 2, Duration.ofMinutes(1));
    }
    assertThat(feed.began).as("and stays used to it").hasSize(1);
  }

  @Test
  void theListsSayWhoAndWhat() {
    feed.send(VICTIM, 1_000, Duration.ofSeconds(1));
    Episode episode = feed.detector.running().getFirst();
    assertThat(episode.reporters()).hasSize(5);
    assertThat(episode.reporters().getFirst().name()).startsWith("mx").endsWith(".example.net");
    assertThat(episode.networks())
        .singleElement()
        .satisfies(count -> {
          assertThat(count.value()).isEqualTo("203.0.113.0/24");
          assertThat(count.messages()).isBetween(970L, 1_000L);
        });
    assertThat(episode.sources()).hasSize(10);
    assertThat(episode.subjects()).extracting(Episode.Count::value).containsExactly("Cheap pills");
    assertThat(episode.samples()).as("early ones and late ones").hasSize(7);
    assertThat(episode.samples().getFirst().messageId()).endsWith("@spam.example>");
  }

  @Test
  void aClockSetBackOrAheadRaisesNoAlarmAndKeepsNoneFromEnding() {
    for (int i = 0; i < 40; i++) {
      feed.send(VICTIM, 1, Duration.ofMinutes(5));
      feed.jump(i % 2 == 0 ? Duration.ofHours(-3) : Duration.ofHours(2));
    }
    assertThat(feed.began).isEmpty();
    feed.send(VICTIM, 50, Duration.ofSeconds(1));
    assertThat(feed.began).hasSize(1);
    feed.jump(Duration.ofDays(-20_000));
    feed.pass(Duration.ofMinutes(31));
    assertThat(feed.ended).hasSize(1);
    feed.jump(Duration.ofDays(30_000));
    assertThat(feed.sendUntilAlarm(VICTIM, 40, Duration.ofSeconds(1))).isBetween(20, 30);
    feed.jump(Duration.ofDays(365_000));
    feed.pass(Duration.ofMinutes(1));
    assertThat(feed.ended).hasSize(2);
  }

  @Test
  void noMoreThanTheMostAreFollowed() {
    for (int i = 0; i < AttackDetector.MOST_RUNNING + 50; i++) {
      feed.send("user" + i + "@d" + i + ".example", 25);
    }
    assertThat(feed.began).hasSize(AttackDetector.MOST_RUNNING);
    assertThat(feed.detector.running(Scope.ADDRESS)).isEqualTo(AttackDetector.MOST_RUNNING);
    assertThat(feed.detector.notFollowed()).isEqualTo(50 * 6);
  }

  @Test
  void whatWasUsualIsKnownAfterARestart() {
    feed.mailing(OWNER);
    feed.pass(Duration.ofDays(6));
    feed.mailing(OWNER);
    List<Usual> usual = feed.detector.usual(feed.instant(), 100);
    assertThat(usual).extracting(Usual::scope).contains(Scope.ADDRESS, Scope.DOMAIN);
    feed.detector = new AttackDetector(Feed.KEY, 20);
    feed.detector.learn(usual, feed.instant());
    feed.pass(Duration.ofDays(6));
    feed.mailing(OWNER);
    assertThat(feed.began).hasSize(2);
  }

  @Test
  void anAttackUnderWayGoesOnAfterARestart() {
    feed.send(VICTIM, 500, Duration.ofSeconds(1));
    List<Episode> stored = feed.detector.running();
    feed.pass(Duration.ofMinutes(5));
    feed.detector = new AttackDetector(Feed.KEY, 20);
    assertThat(feed.detector.resume(stored, feed.instant())).isEmpty();
    assertThat(feed.detector.underAttack(Feed.mailbox(VICTIM))).isEqualTo(Exposure.ADDRESS);
    feed.send(VICTIM, 10, Duration.ofSeconds(1));
    Episode resumed = feed.detector.running().getFirst();
    assertThat(resumed.id()).isEqualTo(stored.getFirst().id());
    assertThat(resumed.messages()).isEqualTo(stored.getFirst().messages() + 10);
    feed.pass(Duration.ofMinutes(31));
    assertThat(feed.ended).hasSize(1);
    assertThat(feed.began).hasSize(1);
  }

  @Test
  void anAttackThatEndedWhileNobodyLookedEndsWithItsLastMessage() {
    feed.send(VICTIM, 500, Duration.ofSeconds(1));
    List<Episode> stored = feed.detector.running();
    feed.jump(Duration.ofHours(3));
    feed.detector = new AttackDetector(Feed.KEY, 20);
    List<Episode> ended = feed.detector.resume(stored, feed.instant());
    assertThat(ended)
        .singleElement()
        .extracting(Episode::ended)
        .isEqualTo(stored.getFirst().lastSeen());
    assertThat(feed.detector.underAttack(Feed.mailbox(VICTIM))).isEqualTo(Exposure.NONE);
  }

  @Test
  void switchingOffEndsAll() {
    feed.send(VICTIM, 50);
    assertThat(feed.detector.stop(feed.instant())).hasSize(1);
    assertThat(feed.detector.running()).isEmpty();
  }

  @Test
  void aHigherLeastNumberWaitsForMore() {
    feed.detector.least(100);
    assertThat(feed.sendUntilAlarm(VICTIM, 200, Duration.ofMillis(100))).isBetween(100, 110);
  }
}
