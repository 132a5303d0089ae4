package dev.backstop.bench.lab;

import dev.backstop.edge.Action;
import dev.backstop.edge.MessageFilter;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.Judges;
import dev.backstop.server.attacks.AttackObserver;
import dev.backstop.server.backscatterers.Backscatterers;
import dev.backstop.server.backscatterers.DnsLists;
import dev.backstop.server.backscatterers.ListedProof;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.config.ConfigReader;
import dev.backstop.server.flow.Flow;
import dev.backstop.server.flow.Incoming;
import dev.backstop.server.flow.IncomingJudge;
import dev.backstop.server.flow.MailLog;
import dev.backstop.server.flow.Outgoing;
import dev.backstop.server.keys.Keys;
import dev.backstop.server.keys.dkim.DkimKeys;
import dev.backstop.server.metrics.MailMetrics;
import dev.backstop.server.readiness.Learning;
import dev.backstop.server.recipients.Recipients;
import dev.backstop.server.rules.Rules;
import dev.backstop.server.senders.SenderMemory;
import dev.backstop.store.Journal;
import dev.backstop.store.Store;
import dev.backstop.store.StoreException;
import dev.backstop.store.StoreSettings;
import dev.backstop.store.UnableToOpenStoreException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;

/**
 * A whole installation without its doors, on a real store. Opened again in the same folder it is
 * the same after a restart. Safe for all threads, as the server is.
 */
final class Installation implements AutoCloseable {
  final Rules rules;
  final Store store;
  final IncomingJudge judge;

  /** What it counts. */
  final PrometheusRegistry registry = new PrometheusRegistry();

  private final Judges judges;
  private final Backscatterers backscatterers;
  private final Learning learning;
  private final MailLog log;
  private final Path folder;
  private final Keys keys;
  private final InstantSource clock;

  /**
   * Opens it.
   *
   * @param toml its configuration
   */
  Installation(Path folder, String toml, Keys keys, DkimKeys dkim, InstantSource clock)
      throws IOException, ConfigException, StoreException, UnableToOpenStoreException {
    this.folder = Files.createDirectories(folder);
    this.keys = keys;
    this.clock = clock;
    BackstopConfig config = config(toml);
    store = Store.open(folder.resolve("data"), keys.journal(), StoreSettings.DEFAULTS, clock);
    store.journal().begin(config.domains().keySet());
    rules = Rules.of(config, keys, dkim, Set.of());
    backscatterers =
        Backscatterers.open(store.reporters(), config.backscatterers(), config::isOurs, clock);
    log =
        new MailLog(
            store.events(), new MailMetrics(registry), backscatterers, AttackObserver.NONE, clock);
    learning = new Learning(store.streams(), clock);
    var names = new World();
    judges =
        new Judges(
            store,
            names,
            () -> listed(config, names),
            _ -> false,
            "mx.ours.test",
            log::lookupFailed,
            clock);
    judge = judges.incoming(rules);
  }

  private ListedProof listed(BackstopConfig config, World names) {
    var counters = new DnsLists.Counters();
    return new ListedProof(
        backscatterers::listed,
        new DnsLists(config.backscatterers(), names, config::isOurs, clock, counters));
  }

  private BackstopConfig config(String toml) throws IOException, ConfigException {
    return ConfigReader.read(Files.writeString(folder.resolve("backstop.toml"), toml));
  }

  Keys keys() {
    return keys;
  }

  /** What its doors ask. */
  Flow flow() {
    return flow(rules, store.journal());
  }

  /**
   * The same with other rules for what leaves, and a journal that may be another.
   *
   * @param toml configuration of what leaves
   */
  Flow leaving(String toml, DkimKeys dkim, Journal journal) throws IOException, ConfigException {
    return flow(Rules.of(config(toml), keys, dkim, Set.of()), journal);
  }

  private Flow flow(Rules sending, Journal journal) {
    return new Flow(
        sending,
        new Outgoing(sending, journal, judges.untagged(), learning, log, clock),
        new Incoming(
            rules,
            judge,
            Recipients.NOBODY,
            judges.replays(),
            new SenderMemory(store.arrivals(), clock),
            learning,
            log));
  }

  /** The sum of a counter over its labels. */
  long counted(String name) {
    return registry.scrape(name::equals).stream()
        .flatMap(snapshot -> snapshot.getDataPoints().stream())
        .filter(CounterSnapshot.CounterDataPointSnapshot.class::isInstance)
        .map(CounterSnapshot.CounterDataPointSnapshot.class::cast)
        .mapToLong(point -> (long) point.getValue())
        .sum();
  }

  /** As a door does it: the body in pieces, and kept as far as it is wanted. */
  static Action pass(Flow flow, Transaction transaction, RawMessage message) {
    MessageFilter filter = flow.message(transaction, message.header());
    byte[] body = message.body().bytes();
    int length = message.body().length();
    if (filter.readsBody()) {
      filter.body(body, 0, length);
    }
    int kept = Math.min(filter.bodyWanted(), length);
    var held = new RawMessage.Body(body, kept);
    return filter.end(transaction, new RawMessage(message.header(), held, kept < length));
  }

  @Override
  public void close() {
    backscatterers.close();
    store.close();
  }
}
