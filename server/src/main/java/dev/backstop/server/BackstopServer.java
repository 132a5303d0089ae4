package dev.backstop.server;

import dev.backstop.bounce.tag.Tagger;
import dev.backstop.dns.CachingResolver;
import dev.backstop.edge.ListenAddress;
import dev.backstop.edge.tls.UnusableCertificateException;
import dev.backstop.server.attacks.AttackWatch;
import dev.backstop.server.attacks.Exposure;
import dev.backstop.server.backscatterers.Backscatterers;
import dev.backstop.server.backscatterers.DnsLists;
import dev.backstop.server.backscatterers.ListedProof;
import dev.backstop.server.config.AnswerMode;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.DomainConfig;
import dev.backstop.server.flow.Flow;
import dev.backstop.server.flow.Incoming;
import dev.backstop.server.flow.MailLog;
import dev.backstop.server.flow.Outgoing;
import dev.backstop.server.flow.Untagging;
import dev.backstop.server.keys.KeyFile;
import dev.backstop.server.keys.Keys;
import dev.backstop.server.keys.SecretFile;
import dev.backstop.server.keys.UnusableKeyFileException;
import dev.backstop.server.keys.dkim.DkimFile;
import dev.backstop.server.keys.dkim.DkimKeys;
import dev.backstop.server.metrics.BackscattererMetrics;
import dev.backstop.server.metrics.MailMetrics;
import dev.backstop.server.metrics.PartMetrics;
import dev.backstop.server.metrics.RecipientMetrics;
import dev.backstop.server.readiness.AutoEnforcement;
import dev.backstop.server.readiness.Learning;
import dev.backstop.server.recipients.Counters;
import dev.backstop.server.recipients.Recipients;
import dev.backstop.server.rules.Rules;
import dev.backstop.server.senders.SenderMemory;
import dev.backstop.server.web.Readiness;
import dev.backstop.server.web.WebServer;
import dev.backstop.store.Health;
import dev.backstop.store.Store;
import dev.backstop.store.StoreException;
import dev.backstop.store.StoreSettings;
import dev.backstop.store.UnableToOpenStoreException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole server: keys, store, doors and web, wired by hand in one place. {@link #reload} may be
 * called by any thread at any time.
 */
public final class BackstopServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackstopServer.class);

  /** Seconds between writing down what has been learned. */
  private static final int LEARN = 10;

  /** Seconds between looks at whether a domain can enforce. */
  private static final int SWITCH = 300;

  /** Seconds in which a question about a recipient has ended, by the highest time limit. */
  private static final int LAST_QUESTION = 70;

  private final KeyFile keyFile;
  private final DkimFile dkimFile;
  private final Store store;
  private final Backscatterers backscatterers;
  private final AttackWatch attacks;
  private final MailLog mailLog;
  private final Judges judges;
  private final Learning learning;
  private final AutoEnforcement automatic;
  private final ScheduledExecutorService chores =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("backstop-chores").factory());
  private final SenderMemory senders;
  private final CachingResolver resolver;
  private final DnsLists.Counters dnsListCounters = new DnsLists.Counters();
  private final Counters recipientCounters = new Counters();
  private final InstantSource clock;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Doors doors;
  private final List<WebServer> web = new ArrayList<>();
  private final KeyWatch<Keys> keyWatch;
  private final KeyWatch<DkimKeys> dkimWatch;

  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile BackstopConfig config;
  private volatile DnsLists dnsLists;
  private volatile Recipients recipients;
  private volatile Keys keys;
  private volatile DkimKeys dkim;
  private volatile Set<String> enforcing = Set.of();
  private volatile Flow flow;
  private volatile Untagging untagging;

  /** What is read from the data folder at the start. */
  private record Secrets(KeyFile keyFile, Keys keys, DkimFile dkimFile, DkimKeys dkim) {
    static Secrets load(Path data, InstantSource clock) throws UnusableKeyFileException {
      var keyFile = new KeyFile(data);
      Keys keys = keyFile.loadOrCreate(new SecureRandom(), clock);
      var dkimFile = new DkimFile(data);
      Stream.of(keyFile, dkimFile)
          .filter(SecretFile::readableByOthers)
          .forEach(BackstopServer::warnOfReaders);
      return new Secrets(keyFile, keys, dkimFile, dkimFile.load());
    }
  }

  private BackstopServer(
      BackstopConfig config, Secrets secrets, Store store, Path data, InstantSource clock)
      throws UnusableCertificateException, IOException {
    this.config = config;
    this.keyFile = secrets.keyFile();
    this.dkimFile = secrets.dkimFile();
    this.keys = secrets.keys();
    this.dkim = secrets.dkim();
    this.store = store;
    this.clock = clock;
    this.attacks =
        new AttackWatch(
            secrets.keys().journal(), config.attacks(), store.episodes(), registry, clock);
    this.backscatterers =
        Backscatterers.open(store.reporters(), config.backscatterers(), this::isOurs, clock);
    this.mailLog =
        new MailLog(store.events(), new MailMetrics(registry), backscatterers, attacks, clock);
    this.senders = new SenderMemory(store.arrivals(), clock);
    this.resolver = config.dns().toResolver(clock);
    this.dnsLists = dnsLists(config);
    this.recipients = recipients(config);
    this.learning = new Learning(store.streams(), clock);
    this.automatic = new AutoEnforcement(store, clock);
    this.judges =
        new Judges(
            store,
            resolver,
            () -> new ListedProof(backscatterers::listed, dnsLists),
            plain -> attacks.underAttack(plain) == Exposure.ADDRESS,
            HostName.ours(),
            mailLog::lookupFailed,
            clock);
    Rules rules = Rules.of(config, keys, dkim, Set.of());
    this.flow = flow(rules);
    this.untagging = new Untagging(rules, clock);
    this.doors = new Doors(config, () -> flow, key -> untagging.lookup(key), data, clock);
    this.keyWatch = new KeyWatch<>(keyFile, this::useKeys);
    this.dkimWatch = new KeyWatch<>(dkimFile, this::useDkim);
    doors.register(registry);
    PartMetrics.store(registry, store);
    PartMetrics.dns(registry, resolver);
    BackscattererMetrics.register(registry, backscatterers, dnsListCounters);
    RecipientMetrics.register(registry, recipientCounters, () -> recipients.remembered());
  }

  /**
   * Starts everything; returns when mail can come.
   *
   * @param data folder for everything that is written; made when missing
   * @throws UnusableKeyFileException when the keys cannot be read or made
   * @throws UnusableCertificateException when the gateway's certificate cannot be used
   * @throws UnableToOpenStoreException when the store cannot be opened
   * @throws IOException when the web address cannot be opened
   * @throws dev.backstop.edge.UnableToListenException when another address cannot be opened
   */
  public static BackstopServer start(BackstopConfig config, Path data, InstantSource clock)
      throws UnusableKeyFileException,
          UnusableCertificateException,
          UnableToOpenStoreException,
          IOException {
    Secrets secrets = Secrets.load(data, clock);
    Store store = Store.open(data, secrets.keys().journal(), settings(config), clock);
    BackstopServer server;
    try {
      server = new BackstopServer(config, secrets, store, data, clock);
    } catch (UnusableCertificateException | IOException | RuntimeException e) {
      store.close();
      throw e;
    }
    try {
      server.open();
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static void warnOfReaders(SecretFile<?> file) {
    LOG.atWarn()
        .addKeyValue("file", file.path())
        .addKeyValue("mend", "chmod 600 " + file.path())
        .log("keys-readable-by-others");
  }

  private void open() throws IOException {
    beginJournal(config);
    switchModes(); // before mail comes: what enforced yesterday does today
    config.domains().values().stream()
        .filter(domain -> domain.answers().mode() == AnswerMode.ENFORCE)
        .forEach(this::tellWhenUncovered);
    doors.open();
    for (ListenAddress.Tcp address : config.web().listen()) {
      web.add(
          WebServer.start(
              address.toSocketAddress(), registry, this::checks, store.events(), clock));
    }
    var _ =
        chores.scheduleWithFixedDelay(
            chore("learning", learning::write), LEARN, LEARN, TimeUnit.SECONDS);
    var _ =
        chores.scheduleWithFixedDelay(
            chore("enforcing", this::switchModes), SWITCH, SWITCH, TimeUnit.SECONDS);
    var _ =
        chores.scheduleWithFixedDelay(
            chore("certificate", doors::refreshCertificate), LEARN, LEARN, TimeUnit.SECONDS);
    attacks.start();
    keyWatch.start();
    dkimWatch.start();
    dnsLists.check();
  }

  /** Mail that left before we saw any may still be answered, without a tag. */
  private void tellWhenUncovered(DomainConfig domain) {
    Instant wanted = clock.instant().minus(Duration.ofDays(Tagger.LIFETIME_DAYS));
    if (store.journal().completeSince(domain.name()).filter(wanted::isAfter).isEmpty()) {
      LOG.atInfo()
          .addKeyValue("domain", domain.name())
          .addKeyValue("consequence", "answers to mail that left before may be refused")
          .addKeyValue("see", "backstop ready " + domain.name())
          .log("enforcing-uncovered");
    }
  }

  /** One that fails must not end all later ones. */
  private static Runnable chore(String name, Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.atError().addKeyValue("chore", name).setCause(e).log("chore-failed");
      }
    };
  }

  /** Domains of mode {@code auto}. */
  private synchronized void switchModes() {
    Set<String> now = automatic.look(config).orElse(enforcing);
    if (!now.equals(enforcing)) {
      enforcing = now;
      use();
    }
  }

  /**
   * Uses another configuration from the next transaction on; sessions go on. What cannot change
   * while running (addresses, limits, how long things are kept) is named in the log.
   */
  public synchronized void reload(BackstopConfig next) {
    if (!fixed(config).equals(fixed(next))) {
      LOG.atWarn()
          .addKeyValue("keys", "milter, gateway, table, web, journal, events, dns and auth.keep")
          .log("reload-needs-restart");
    }
    boolean sameRecipients =
        next.recipients().equals(config.recipients()) && next.domains().equals(config.domains());
    boolean sameLists = next.backscatterers().equals(config.backscatterers());
    config = next;
    if (!sameLists) {
      backscatterers.use(next.backscatterers());
      dnsLists = dnsLists(next);
      dnsLists.check();
    }
    if (!sameRecipients) {
      replaceRecipients(next);
    }
    attacks.use(next.attacks());
    doors.refreshCertificate();
    beginJournal(next);
    try {
      keys = keyFile.load();
      dkim = dkimFile.load();
      switchModes();
      use();
      LOG.atInfo().addKeyValue("domains", next.domains().size()).log("reloaded");
    } catch (UnusableKeyFileException e) {
      LOG.atError()
          .addKeyValue("reason", e.getMessage())
          .addKeyValue("consequence", "the old keys and rules stay")
          .log("reload-failed");
    }
  }

  private synchronized void useKeys(Keys changed) {
    keys = changed;
    use();
    LOG.atInfo().addKeyValue("signing", changed.tags().signing().number()).log("keys-changed");
  }

  private synchronized void useDkim(DkimKeys changed) {
    dkim = changed;
    use();
    LOG.atInfo().addKeyValue("keys", changed.keys().size()).log("dkim-keys-changed");
  }

  private void use() {
    Rules rules = Rules.of(config, keys, dkim, enforcing);
    flow = flow(rules);
    untagging = new Untagging(rules, clock);
  }

  private Flow flow(Rules rules) {
    return new Flow(
        rules,
        new Outgoing(rules, store.journal(), judges.untagged(), learning, mailLog, clock),
        new Incoming(
            rules,
            judges.incoming(rules),
            recipients,
            judges.replays(),
            senders,
            learning,
            mailLog));
  }

  private Recipients recipients(BackstopConfig config) {
    return Recipients.of(config, HostName.ours(), recipientCounters);
  }

  /** The old ones may still be asked by transactions that began with them. */
  private void replaceRecipients(BackstopConfig next) {
    Recipients old = recipients;
    recipients = recipients(next);
    var _ = chores.schedule(chore("recipients", old::close), LAST_QUESTION, TimeUnit.SECONDS);
  }

  private DnsLists dnsLists(BackstopConfig config) {
    return new DnsLists(config.backscatterers(), resolver, this::isOurs, clock, dnsListCounters);
  }

  /** By the configuration of that moment. */
  private boolean isOurs(InetAddress client) {
    return config.isOurs(client);
  }

  private void beginJournal(BackstopConfig config) {
    try {
      store.journal().begin(config.domains().keySet());
    } catch (StoreException e) {
      LOG.atError().addKeyValue("reason", e.getMessage()).log("journal-begin-failed");
    }
  }

  /** Where the milter listens, with real port numbers. */
  public List<ListenAddress> milterAddresses() {
    return doors.milterAddresses();
  }

  /** Where the table listens, with real port numbers. */
  public List<ListenAddress> tableAddresses() {
    return doors.tableAddresses();
  }

  /** Where the gateway listens, with real port numbers; nowhere when it is closed. */
  public List<ListenAddress> gatewayAddresses() {
    return doors.gatewayAddresses();
  }

  /** Where metrics and health are, as {@code http://host:port}. */
  public List<String> webAddresses() {
    return web.stream().map(each -> "http://" + host(each)).toList();
  }

  private static String host(WebServer server) {
    return new ListenAddress.Tcp(server.address().getAddress(), server.address().getPort())
        .toString();
  }

  private SequencedMap<String, Readiness.Check> checks() {
    var checks = new LinkedHashMap<String, Readiness.Check>();
    checks.put(
        "store",
        switch (store.health()) {
          case Health.Ok _ -> new Readiness.Check(true, "writable");
          case Health.Failing failing ->
              new Readiness.Check(false, failing.reason() + " since " + failing.since());
        });
    if (recipients.isOn()) { // one that does not answer puts mail off, and is no reason to stop all
      checks.put("recipients", new Readiness.Check(true, recipients.describe()));
    }
    checks.putAll(doors.checks());
    return checks;
  }

  /** How long the store keeps what, for the server and for who reads beside it. */
  public static StoreSettings settings(BackstopConfig config) {
    return new StoreSettings(
        config.journal().keep(),
        config.auth().keep(),
        config.events().keep(),
        StoreSettings.DEFAULTS.eventsMost(),
        config.journal().pauseTolerated());
  }

  private static List<Object> fixed(BackstopConfig config) {
    return List.of(
        config.milter(),
        config.gateway(),
        config.table(),
        config.web(),
        config.journal(),
        config.events(),
        config.dns(),
        config.auth().keep());
  }

  /**
   * Accepts no more, lets running transactions end for a bounded time, writes what waits, closes.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    LOG.atInfo().log("stopping");
    chores.shutdownNow();
    learning.write();
    keyWatch.close();
    dkimWatch.close();
    web.forEach(WebServer::close);
    doors.close();
    recipients.close();
    backscatterers.close();
    attacks.close();
    store.close();
    LOG.atInfo().log("stopped");
  }
}
