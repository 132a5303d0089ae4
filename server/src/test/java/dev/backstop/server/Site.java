package dev.backstop.server;

import dev.backstop.bounce.tag.TagForm;
import dev.backstop.edge.Action;
import dev.backstop.edge.MessageFilter;
import dev.backstop.edge.TransactionFilter.Answer;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.backscatterers.Backscatterers;
import dev.backstop.server.backscatterers.DnsLists;
import dev.backstop.server.backscatterers.ListedProof;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.ConfigReader;
import dev.backstop.server.flow.Flow;
import dev.backstop.server.flow.Incoming;
import dev.backstop.server.flow.MailLog;
import dev.backstop.server.flow.Outgoing;
import dev.backstop.server.keys.Keys;
import dev.backstop.server.keys.dkim.DkimKeys;
import dev.backstop.server.metrics.MailMetrics;
import dev.backstop.server.readiness.Learning;
import dev.backstop.server.recipients.Counters;
import dev.backstop.server.recipients.Recipients;
import dev.backstop.server.rules.Rules;
import dev.backstop.server.senders.SenderMemory;
import dev.backstop.store.Store;
import dev.backstop.store.StoreSettings;
import dev.backstop.testkit.dns.FakeResolver;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A whole installation without its doors: a real store in a folder, a clock that a test steps. */
public final class Site implements AutoCloseable, InstantSource {
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  public final Keys keys = Keys.generate(new SecureRandom(), START);
  public final Store store;
  public final Rules rules;
  public final Flow flow;
  public final Learning learning;
  public final Backscatterers backscatterers;
  public final Recipients recipients;

  /** What the world publishes; nothing at first. */
  public final FakeResolver names = new FakeResolver();

  /** Addresses that are under attack; none at first. */
  public final Set<Mailbox> attacked = new HashSet<>();

  /** What the watch for attacks would be told. */
  public final SeenMail seen = new SeenMail();

  private Instant now = START;

  public Site(Path folder, String toml) throws Exception {
    this(folder, toml, DkimKeys.NONE);
  }

  public Site(Path folder, String toml, DkimKeys dkim) throws Exception {
    Path file = Files.writeString(folder.resolve("backstop.toml"), toml);
    BackstopConfig config = ConfigReader.read(file);
    store = Store.open(folder.resolve("data"), keys.journal(), StoreSettings.DEFAULTS, this);
    store.journal().begin(config.domains().keySet());
    rules = Rules.of(config, keys, dkim, Set.of());
    backscatterers =
        Backscatterers.open(store.reporters(), config.backscatterers(), config::isOurs, this);
    recipients = Recipients.of(config, "mx.ours.test", new Counters());
    var metrics = new MailMetrics(new PrometheusRegistry());
    var log = new MailLog(store.events(), metrics, backscatterers, seen, this);
    learning = new Learning(store.streams(), this);
    var judges =
        new Judges(
            store,
            names,
            () -> listed(config),
            attacked::contains,
            "mx.ours.test",
            log::lookupFailed,
            this);
    flow =
        new Flow(
            rules,
            new Outgoing(rules, store.journal(), judges.untagged(), learning, log, this),
            new Incoming(
                rules,
                judges.incoming(rules),
                recipients,
                judges.replays(),
                new SenderMemory(store.arrivals(), this),
                learning,
                log));
  }

  private ListedProof listed(BackstopConfig config) {
    var lists =
        new DnsLists(config.backscatterers(), names, config::isOurs, this, new DnsLists.Counters());
    return new ListedProof(backscatterers::listed, lists);
  }

  @Override
  public Instant instant() {
    return now;
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public void close() {
    backscatterers.close();
    recipients.close();
    store.close();
  }

  /** A user of ours writes. */
  public Action send(String sender, String messageId, String... recipients) throws Exception {
    return message(
        new Transaction(
            client("10.0.0.1", "anna"), "Q1", ReversePath.parse(sender), mailboxes(recipients)),
        message(
            "From: "
                + sender
                + "\n"
                + (messageId.isEmpty() ? "" : "Message-ID: " + messageId + "\n")
                + "\nHello\n"));
  }

  /** A user of ours writes and asks to be told when it was read. */
  public Action sendAskingForReceipt(String sender, String messageId, String recipient)
      throws Exception {
    return message(
        new Transaction(
            client("10.0.0.1", "anna"), "Q1", ReversePath.parse(sender), mailboxes(recipient)),
        message(
            "Disposition-Notification-To: "
                + sender
                + "\nMessage-ID: "
                + messageId
                + "\n\nHello\n"));
  }

  /** RCPT TO from a stranger's server. */
  public Answer rcpt(String sender, String recipient) throws Exception {
    return flow.recipient(from(sender), Mailbox.parse(recipient));
  }

  /** A whole message from a stranger's server. */
  public Action receive(String sender, String recipient, String text) throws Exception {
    Transaction transaction =
        new Transaction(
            from(sender).peer(), "Q2", from(sender).reversePath(), mailboxes(recipient));
    return message(transaction, message(text));
  }

  /** As a door does it: the body in pieces, and kept as far as it is wanted. */
  public Action message(Transaction transaction, RawMessage message) {
    MessageFilter filter = flow.message(transaction, message.header());
    byte[] body = message.body().bytes();
    int half = message.body().length() / 2;
    if (filter.readsBody()) {
      filter.body(body, 0, half);
      filter.body(body, half, message.body().length() - half);
    }
    int kept = Math.min(filter.bodyWanted(), message.body().length());
    boolean truncated = kept < message.body().length();
    var held = new RawMessage.Body(body, kept);
    return filter.end(transaction, new RawMessage(message.header(), held, truncated));
  }

  private static Transaction from(String sender) throws Exception {
    return new Transaction(client("192.0.2.7", null), null, ReversePath.parse(sender), List.of());
  }

  public static Peer client(String address, @org.jspecify.annotations.Nullable String login)
      throws Exception {
    return new Peer(InetAddress.getByName(address), "unknown", "mx.example.net", login, false);
  }

  public String tagged(String address) throws AddressSyntaxException {
    return rules.tagger().sign(Mailbox.parse(address), TagForm.PRVS, now).orElseThrow().toString();
  }

  public static List<Mailbox> mailboxes(String... addresses) throws AddressSyntaxException {
    List<Mailbox> mailboxes = new ArrayList<>();
    for (String address : addresses) {
      mailboxes.add(Mailbox.parse(address));
    }
    return mailboxes;
  }

  public static RawMessage message(String text) {
    int end = text.indexOf("\n\n");
    List<HeaderField> header = new ArrayList<>();
    for (String line : text.substring(0, end).split("\n(?![ \t])", -1)) {
      int colon = line.indexOf(':');
      header.add(
          new HeaderField(
              line.substring(0, colon),
              line.substring(colon + 1).getBytes(StandardCharsets.UTF_8)));
    }
    byte[] body = text.substring(end + 2).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    return new RawMessage(header, new RawMessage.Body(body, body.length), false);
  }

  /** The Backstop-Verdict that an action adds, unfolded; empty when it adds none. */
  public static String verdict(Action action) {
    return added(action, "Backstop-Verdict");
  }

  /** The topmost field of that name that an action adds, unfolded; empty when it adds none. */
  public static String added(Action action, String name) {
    return edits(action).reversed().stream()
        .filter(Action.Edit.InsertHeader.class::isInstance)
        .map(Action.Edit.InsertHeader.class::cast)
        .filter(edit -> edit.name().equals(name))
        .map(edit -> edit.value().replace("\r\n", ""))
        .findFirst()
        .orElse("");
  }

  public static List<Action.Edit> edits(Action action) {
    return switch (action) {
      case Action.Accept accept -> accept.edits();
      case Action.Refuse refuse -> throw new AssertionError("refused: " + refuse.reply());
    };
  }
}
