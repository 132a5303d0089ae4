package dev.backstop.server.attacks;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.config.Attacks;
import dev.backstop.server.metrics.AttackMetrics;
import dev.backstop.store.EpisodeRow;
import dev.backstop.store.Episodes;
import dev.backstop.store.StoreException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detector with its surroundings: a timer, the store, the log, the metrics, the webhook. The
 * path of a message meets only the detector and, at the begin of an attack, one log line; all else
 * happens on the timer's thread. Thread-safe.
 */
public final class AttackWatch implements AttackObserver, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("attacks");
  private static final int SECONDS = 10;
  private static final Duration UPDATE = Duration.ofMinutes(5);
  private static final Duration LEARN = Duration.ofHours(1);
  private static final int MOST_USUAL = 1_000;

  /** Ended attacks that wait for a store that fails. */
  private static final int MOST_UNSAVED = 1_000;

  private final AttackDetector detector;
  private final Episodes store;
  private final InstantSource clock;
  private final AttackMetrics metrics;
  private final Webhook webhook;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("backstop-attacks").factory());

  /** By id, what has not been written yet. */
  private final Map<String, Episode> unsaved = new LinkedHashMap<>();

  /** By id of a running attack, how many messages it had when it was last written. */
  private final Map<String, Long> saved = new HashMap<>();

  /** The same for the webhook, with the time. */
  private final Map<String, Told> told = new HashMap<>();

  private volatile Attacks config;
  private Instant learned;
  private boolean storeFails;

  private record Told(Instant at, long messages) {}

  /**
   * One that watches, and goes on where the last process stopped.
   *
   * @param key secret, of the hashes
   */
  public AttackWatch(
      byte[] key,
      Attacks config,
      Episodes store,
      PrometheusRegistry registry,
      InstantSource clock) {
    this(key, config, store, registry, clock, Webhook.Patience.DEFAULT);
  }

  AttackWatch(
      byte[] key,
      Attacks config,
      Episodes store,
      PrometheusRegistry registry,
      InstantSource clock,
      Webhook.Patience patience) {
    this.config = config;
    this.detector = new AttackDetector(key, config.least());
    this.store = store;
    this.clock = clock;
    this.learned = clock.instant();
    this.metrics =
        new AttackMetrics(
            registry,
            Stream.of(Scope.values()).map(Scope::toString).toList(),
            scope -> detector.running(Scope.valueOf(scope.toUpperCase(Locale.ROOT))),
            detector::counted,
            detector::notFollowed);
    this.webhook = new Webhook(this::target, patience, clock, metrics::webhook);
    resume();
  }

  private Optional<Webhook.Target> target() {
    Attacks now = config;
    return now.webhook()
        .flatMap(uri -> now.webhookSecretFile().map(secret -> new Webhook.Target(uri, secret)));
  }

  /** Starts the timer. */
  public void start() {
    var _ = timer.scheduleWithFixedDelay(this::tick, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  /** Uses another configuration from now on. */
  public void use(Attacks next) {
    config = next;
    detector.least(next.least());
    if (!next.enabled()) {
      ended(detector.stop(clock.instant()));
    }
  }

  @Override
  public void observe(Sighting sighting) {
    if (config.enabled()) {
      detector.observe(sighting).forEach(this::began);
    }
  }

  @Override
  public void genuine(Instant at, Mailbox recipient) {
    if (config.enabled()) {
      detector.genuine(at, recipient);
    }
  }

  /** Whether that address, or its domain, is attacked just now; cheap. */
  public Exposure underAttack(Mailbox plain) {
    return detector.underAttack(plain);
  }

  private void began(Episode episode) {
    metrics.begun(episode.scope().toString());
    LOG.atWarn()
        .addKeyValue("id", episode.id())
        .addKeyValue(episode.scope().toString(), episode.name())
        .addKeyValue("began", episode.began())
        .addKeyValue("messages", episode.messages())
        .addKeyValue("usual-per-hour", episode.usual())
        .log("attack-began");
    tell("began", episode);
    remember(episode);
  }

  private void ended(List<Episode> episodes) {
    for (Episode episode : episodes) {
      LOG.atWarn()
          .addKeyValue("id", episode.id())
          .addKeyValue(episode.scope().toString(), episode.name())
          .addKeyValue("began", episode.began())
          .addKeyValue("last-seen", episode.lastSeen())
          .addKeyValue("messages", episode.messages())
          .addKeyValue("refused", episode.refused())
          .addKeyValue("peak-per-minute", episode.peak())
          .addKeyValue("reporter", first(episode.reporters()))
          .addKeyValue("network", first(episode.networks()))
          .log("attack-ended");
      tell("ended", episode);
      remember(episode);
    }
  }

  private static String first(List<Episode.Count> counts) {
    return counts.isEmpty() ? "unknown" : counts.getFirst().value();
  }

  private void tell(String event, Episode episode) {
    webhook.send(WebhookEvent.render(event, clock.instant(), episode));
    synchronized (told) {
      if (episode.isRunning()) {
        told.put(episode.id(), new Told(clock.instant(), episode.messages()));
      } else {
        told.remove(episode.id());
      }
    }
  }

  /** To be written soon. */
  private void remember(Episode episode) {
    synchronized (unsaved) {
      if (unsaved.size() < MOST_UNSAVED || unsaved.containsKey(episode.id())) {
        unsaved.put(episode.id(), episode);
      }
    }
  }

  /** What the timer does. */
  void tick() {
    try {
      Instant now = clock.instant();
      ended(detector.tick(now));
      List<Episode> running = detector.running();
      running.forEach(this::follow);
      saved.keySet().retainAll(running.stream().map(Episode::id).toList());
      save();
      if (Duration.between(learned, now).abs().compareTo(LEARN) >= 0) {
        learned = now;
        saveUsual(now);
      }
    } catch (RuntimeException e) { // else the timer would stop for good
      LOG.atError().setCause(e).log("attack-watch-failed");
    }
  }

  private void follow(Episode episode) {
    if (saved.getOrDefault(episode.id(), 0L) != episode.messages()) {
      remember(episode);
    }
    Told last;
    synchronized (told) {
      last = told.computeIfAbsent(episode.id(), _ -> new Told(clock.instant(), 0));
    }
    boolean due = Duration.between(last.at(), clock.instant()).abs().compareTo(UPDATE) >= 0;
    if (due && last.messages() != episode.messages()) {
      tell("update", episode);
    }
  }

  private void save() {
    List<Episode> waiting;
    synchronized (unsaved) {
      waiting = List.copyOf(unsaved.values());
    }
    for (Episode episode : waiting) {
      if (!write(() -> store.save(EpisodeJson.toRow(episode)))) {
        return; // the others wait for the next tick
      }
      saved.put(episode.id(), episode.messages());
      synchronized (unsaved) {
        unsaved.remove(episode.id(), episode);
      }
    }
  }

  private void saveUsual(Instant now) {
    write(() -> store.saveUsual(UsualRows.of(detector.usual(now, MOST_USUAL))));
  }

  private interface Writing {
    void run() throws StoreException;
  }

  /** Says once that the store fails, and again only after it has worked. */
  private boolean write(Writing writing) {
    try {
      writing.run();
      storeFails = false;
      return true;
    } catch (StoreException e) {
      if (!storeFails) {
        storeFails = true;
        LOG.atError().addKeyValue("reason", e.getMessage()).log("attack-not-saved");
      }
      return false;
    }
  }

  private void resume() {
    Instant now = clock.instant();
    try {
      detector.learn(UsualRows.read(store.usual()), now);
      List<EpisodeRow> running = store.running();
      ended(detector.resume(running.stream().map(EpisodeJson::fromRow).toList(), now));
      if (!config.enabled()) {
        ended(detector.stop(now));
      }
    } catch (StoreException e) {
      LOG.atError().addKeyValue("reason", e.getMessage()).log("attacks-not-resumed");
    }
  }

  /** Writes how things stand; attacks that are under way go on after the next start. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      var _ = timer.awaitTermination(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tick();
    saveUsual(clock.instant());
    webhook.close();
  }
}
