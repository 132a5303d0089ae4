package dev.backstop.server.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.ConfigReader;
import dev.backstop.store.EpisodeRow;
import dev.backstop.store.Store;
import dev.backstop.store.StoreSettings;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Detector, store, log, metrics and webhook together, with a clock that a test steps. */
class AttackWatchTest {
  private static final Mailbox VICTIM = Feed.mailbox("anna@ours.example");
  private final Feed feed = new Feed();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("attacks");
  @TempDir Path folder;
  private Store store;
  private AttackWatch watch;
  private Receiver receiver;
  private PrometheusRegistry registry;

  @BeforeEach
  void start() throws Exception {
    log.start();
    logger.addAppender(log);
    receiver = new Receiver();
    open();
  }

  private void open() throws Exception {
    store = Store.open(folder.resolve("data"), Feed.KEY, StoreSettings.DEFAULTS, feed);
    registry = new PrometheusRegistry();
    watch =
        new AttackWatch(
            Feed.KEY,
            config("").attacks(),
            store.episodes(),
            registry,
            feed,
            new Webhook.Patience(Duration.ofSeconds(30), List.of()));
  }

  private BackstopConfig config(String more) throws Exception {
    Files.writeString(folder.resolve("secret"), "0123456789abcdef");
    return ConfigReader.read(
        Files.writeString(
            folder.resolve("backstop.toml"),
            "attacks.webhook = \""
                + receiver.uri()
                + "\"\nattacks.webhook-secret-file = \"secret\"\n"
                + more));
  }

  @AfterEach
  void stop() {
    watch.close();
    store.close();
    receiver.close();
    logger.detachAppender(log);
  }

  @Test
  void anAttackIsLoggedToldStoredCountedAndTakenBack() throws Exception {
    send(30);
    assertThat(watch.underAttack(VICTIM)).isEqualTo(Exposure.ADDRESS);
    assertThat(lines()).containsExactly("attack-began");
    JsonNode began = next();
    assertThat(began.path("event").stringValue()).isEqualTo("attack-began");
    assertThat(began.path("attack").path("name").stringValue()).isEqualTo("anna@ours.example");
    assertThat(began.path("attack").path("ended").isNull()).isTrue();
    watch.tick();
    assertThat(stored().messages()).isEqualTo(30);
    assertThat(value("backstop_attacks_running", "address")).isEqualTo(1);
    assertThat(value("backstop_attacks_running", "domain")).isZero();

    send(70);
    feed.jump(Duration.ofSeconds(10));
    watch.tick();
    assertThat(stored().messages()).isEqualTo(100);
    assertThat(receiver.waiting()).as("updates are rare").isZero();
    feed.jump(Duration.ofMinutes(5));
    watch.tick();
    assertThat(next().path("event").stringValue()).isEqualTo("attack-update");

    feed.jump(Duration.ofMinutes(31));
    watch.tick();
    JsonNode ended = next();
    assertThat(ended.path("event").stringValue()).isEqualTo("attack-ended");
    assertThat(ended.path("attack").path("messages").asLong()).isEqualTo(100);
    assertThat(lines()).containsExactly("attack-began", "attack-ended");
    assertThat(watch.underAttack(VICTIM)).isEqualTo(Exposure.NONE);
    assertThat(stored().ended()).isEqualTo(feed.instant());
    assertThat(value("backstop_attacks_running", "address")).isZero();
    assertThat(value("backstop_attacks_begun", "address")).isEqualTo(1);
  }

  @Test
  void afterARestartItGoesOnWithTheSameNameAndNoSecondAlarm() throws Exception {
    send(50);
    String id = next().path("attack").path("id").stringValue();
    watch.close();
    store.close();
    feed.jump(Duration.ofMinutes(2));
    open();
    assertThat(watch.underAttack(VICTIM)).isEqualTo(Exposure.ADDRESS);
    send(10);
    watch.tick();
    assertThat(stored().id()).isEqualTo(id);
    assertThat(stored().messages()).isEqualTo(60);
    assertThat(EpisodeJson.fromRow(stored()).reporters()).hasSize(5);
    assertThat(lines()).containsExactly("attack-began");
  }

  @Test
  void afterALongPauseItIsClosedWithItsLastMessage() throws Exception {
    send(50);
    Instant last = feed.instant();
    watch.close();
    store.close();
    feed.jump(Duration.ofHours(5));
    open();
    watch.tick();
    assertThat(watch.underAttack(VICTIM)).isEqualTo(Exposure.NONE);
    assertThat(stored().ended()).isEqualTo(last);
    assertThat(lines()).containsExactly("attack-began", "attack-ended");
  }

  @Test
  void whatIsUsualOutlivesARestart() throws Exception {
    for (int i = 0; i < 30; i++) {
      feed.jump(Duration.ofMinutes(4));
      watch.observe(feed.sighting("anna@ours.example"));
    }
    watch.close();
    assertThat(store.episodes().usual()).hasSize(2);
    store.close();
    open();
    for (int i = 0; i < 30; i++) {
      feed.jump(Duration.ofMinutes(1));
      send(1);
    }
    assertThat(lines()).as("13 an hour were usual: 30 are not three times as many").isEmpty();
  }

  @Test
  void switchingOffByReloadEndsItAndWatchesNoMore() throws Exception {
    send(50);
    watch.use(config("attacks.enabled = false").attacks());
    assertThat(watch.underAttack(VICTIM)).isEqualTo(Exposure.NONE);
    send(50);
    assertThat(lines()).containsExactly("attack-began", "attack-ended");
    watch.use(config("attacks.least = 40").attacks());
    send(39);
    assertThat(lines()).hasSize(2);
    send(1);
    assertThat(lines()).hasSize(3);
  }

  @Test
  void aStoreThatFailsIsSaidOnceAndStopsNothing() throws Exception {
    store.close();
    send(30);
    watch.tick();
    watch.tick();
    assertThat(lines()).containsExactly("attack-began", "attack-not-saved");
    assertThat(watch.underAttack(VICTIM)).isEqualTo(Exposure.ADDRESS);
  }

  @Test
  void anEpisodeIsTheSameAfterTheStore() {
    feed.send("anna@ours.example", 500, Duration.ofSeconds(1));
    feed.pass(Duration.ofMinutes(31));
    Episode episode = feed.ended.getFirst();
    assertThat(EpisodeJson.fromRow(EpisodeJson.toRow(episode))).isEqualTo(episode);
  }

  @Test
  void detailsThatCannotBeReadAreLeftOut() {
    for (String details :
        List.of("", "[", "{}", "[1]", "{\"samples\":[{\"at\":\"x\"}],\"peak\":\"y\"}")) {
      Episode episode =
          EpisodeJson.fromRow(
              new EpisodeRow(
                  "1", "domain", "ours.example", Feed.START, Feed.START, null, 7, details));
      assertThat(episode.messages()).isEqualTo(7);
      assertThat(episode.samples()).isEmpty();
    }
  }

  private void send(int messages) {
    for (int i = 0; i < messages; i++) {
      watch.observe(feed.sighting("anna@ours.example"));
    }
  }

  private EpisodeRow stored() throws Exception {
    List<EpisodeRow> rows = store.episodes().list(Instant.EPOCH, 10);
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  private JsonNode next() throws InterruptedException {
    return JsonMapper.builder().build().readTree(receiver.next().body());
  }

  private List<String> lines() {
    return List.copyOf(log.list).stream().map(ILoggingEvent::getMessage).toList();
  }

  private double value(String metric, String scope) {
    return registry.scrape(name -> name.equals(metric)).stream()
        .flatMap(snapshot -> snapshot.getDataPoints().stream())
        .filter(point -> scope.equals(point.getLabels().get("scope")))
        .mapToDouble(AttackWatchTest::number)
        .sum();
  }

  private static double number(Object point) {
    return switch (point) {
      case io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot gauge ->
          gauge.getValue();
      case io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot count ->
          count.getValue();
      default -> throw new AssertionError(point);
    };
  }
}
