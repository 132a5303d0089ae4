package dev.backstop.server.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.IpLiteral;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However much comes, and whatever it is, memory stays bounded and numbers stay true. */
class BoundsTest {
  private final Feed feed = new Feed();

  @Test
  void aMillionAddressesTakeNoMoreThanTheTablesHold() {
    for (int i = 0; i < 1_000_000; i++) {
      if (i % 1_000 == 0) {
        feed.pass(Duration.ofSeconds(1));
      }
      feed.send("user" + i + "@d" + i % 20_000 + ".example", 1);
    }
    assertThat(feed.detector.capacity())
        .isEqualTo(8 * (AttackDetector.ADDRESS_SETS + AttackDetector.DOMAIN_SETS));
    assertThat(feed.detector.size()).isLessThanOrEqualTo(feed.detector.capacity());
    assertThat(feed.detector.running().size()).isLessThanOrEqualTo(AttackDetector.MOST_RUNNING);
    assertThat(feed.detector.usual(feed.instant(), 5_000)).hasSizeLessThanOrEqualTo(10_000);
  }

  @Test
  void aFloodOfInventedAddressesNeitherHidesASlowAttackNorForgetsABusyOne() {
    for (int week = 0; week < 3; week++) {
      feed.mailing("news@ours.example");
      feed.pass(Duration.ofDays(6));
    }
    feed.began.clear();
    for (int minute = 0; minute < 60; minute++) {
      for (int i = 0; i < 10_000; i++) {
        feed.send("x" + minute + "." + i + "@other.example", 1);
      }
      feed.send("anna@ours.example", 1, Duration.ofMinutes(1));
    }
    assertThat(feed.began)
        .extracting(Episode::name)
        .containsExactlyInAnyOrder("other.example", "anna@ours.example");
    feed.mailing("news@ours.example");
    assertThat(feed.began).as("the newsletter is still usual").hasSize(2);
  }

  @Test
  void anEpisodeStaysSmallWhateverIsInTheMessages() {
    String huge = "x".repeat(100_000);
    for (int i = 0; i < 5_000; i++) {
      feed.detector.observe(
          new Sighting(
              feed.instant(),
              Feed.mailbox("anna@ours.example"),
              false,
              IpLiteral.of(new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i}),
              i + huge,
              i % 2 == 0 ? i + huge : "2001:db8:" + Integer.toHexString(i) + "::1",
              i + huge,
              i + huge));
    }
    Episode episode = feed.detector.running().getFirst();
    for (List<Episode.Count> list :
        List.of(episode.reporters(), episode.sources(), episode.networks(), episode.subjects())) {
      assertThat(list).hasSizeLessThanOrEqualTo(Episode.MOST_LISTED);
      assertThat(list).allMatch(count -> count.value().length() <= Sighting.MOST_TEXT);
    }
    assertThat(episode.samples()).hasSizeLessThanOrEqualTo(10);
    assertThat(EpisodeJson.render(episode).toString().length()).isLessThan(64 * 1024);
  }

  @Test
  void theFrequentAreFoundAmongAnyNumberOfRareOnes() {
    var counts = new TopCounts();
    var random = new Random(7);
    Map<String, Long> truth = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      String value = i % 10 == 0 ? "often" : i % 20 == 1 ? "less" : "rare" + random.nextInt();
      counts.add(value, null);
      truth.merge(value, 1L, Long::sum);
    }
    assertThat(counts.size()).isEqualTo(TopCounts.MOST);
    assertThat(counts.top()).extracting(Episode.Count::value).startsWith("often", "less");
    assertThat(counts.top())
        .allMatch(count -> count.messages() <= truth.getOrDefault(count.value(), 0L));
  }

  /** Any traffic at all: what must hold holds. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void invariantsOfRandomTraffic(long seed) {
    var random = new Random(seed);
    long sent = 0;
    Instant latest = feed.instant();
    for (int step = 0; step < 3_000; step++) {
      String address =
          "u" + random.nextInt(1 + random.nextInt(200)) + "@d" + random.nextInt(3) + ".example";
      int messages = 1 + random.nextInt(1 + random.nextInt(60));
      feed.send(address, messages);
      sent += messages;
      if (random.nextInt(100) == 0) {
        feed.jump(Duration.ofSeconds(random.nextInt(200_000) - 100_000));
      }
      if (random.nextInt(10) == 0) {
        feed.detector.genuine(feed.instant(), Feed.mailbox(address));
      }
      feed.pass(Duration.ofSeconds(random.nextInt(1 + random.nextInt(900))));
      latest = feed.instant().isAfter(latest) ? feed.instant() : latest;
    }
    List<Episode> running = feed.detector.running();
    assertThat(feed.began).isNotEmpty().hasSize(feed.ended.size() + running.size());
    assertThat(feed.began).extracting(Episode::id).doesNotHaveDuplicates();
    assertThat(feed.detector.counted()).isLessThanOrEqualTo(sent);
    for (Episode episode : feed.ended) {
      assertThat(episode.messages()).isBetween(19L, sent);
      assertThat(episode.refused()).isLessThanOrEqualTo(episode.messages());
      assertThat(episode.peak()).isBetween(1L, episode.messages());
      assertThat(episode.lastSeen()).isBeforeOrEqualTo(latest);
      assertThat(episode.isRunning()).isFalse();
      assertThat(feed.ended).filteredOn(other -> other.id().equals(episode.id())).hasSize(1);
    }
    feed.pass(Duration.ofMinutes(31));
    assertThat(feed.detector.running()).isEmpty();
  }

  @Test
  void networksAreCutByFamilyAndWhatIsNoAddressHasNone() {
    assertThat(SourceNetwork.of("203.0.113.77")).contains("203.0.113.0/24");
    assertThat(SourceNetwork.of("2001:db8:1:2:3::4")).contains("2001:db8:1::/48");
    assertThat(SourceNetwork.of("spam.example")).isEmpty();
    assertThat(SourceNetwork.of("")).isEmpty();
  }
}
