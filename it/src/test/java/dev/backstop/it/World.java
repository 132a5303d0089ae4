package dev.backstop.it;

import dev.backstop.testkit.dns.DnsServer;
import dev.backstop.testkit.dns.Zone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Our mail server with Backstop beside it, and a foreign mail server.
 *
 * <ul>
 *   <li>{@code ours.test}: ours. Any test may use any of {@link #USERS}, one each where the journal
 *       matters.
 *   <li>{@code foreign.test}: the foreign server accepts every recipient, delivers to {@code
 *       friend} and bounces the rest afterwards.
 *   <li>{@code list.test}: the same, but an exception of ours: mail to it is not signed.
 *   <li>{@code refusing.test}: the foreign server refuses every recipient, so that ours has to
 *       bounce.
 *   <li>{@code bank.test}: only in DNS, which says that nobody may send its mail; {@code
 *       slow.test}: its name servers do not answer.
 * </ul>
 *
 * <p>All names come from a name server of our own.
 */
final class World implements AutoCloseable {
  static final List<String> USERS =
      List.of(
          "user", "mixed", "submitter", "cron", "subscriber", "victim", "writer", "correspondent");

  private static final Set<World> OPEN = ConcurrentHashMap.newKeySet();

  final BackstopProcess backstop = new BackstopProcess();
  private final DnsServer names;
  final PostfixInstance ours;
  final PostfixInstance foreign;

  /** Where our users hand in their mail. */
  final int submission = Ports.free();

  /**
   * Starts all three.
   *
   * @param settings first lines of Backstop's configuration, before any section
   */
  World(String settings) {
    this(settings, DocumentedLines.startingWith("smtpd_milters"));
  }

  /** With other lines for our main.cf than those of the manual's first page. */
  World(String settings, String connection) {
    this(settings, connection, zone());
  }

  /** With records of other domains, or of ours. */
  World(String settings, String connection, Zone zone) {
    try {
      names = DnsServer.start(zone);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int oursPort = Ports.free();
    int foreignPort = Ports.free();
    configure(settings);
    backstop.start();
    ours =
        new PostfixInstance(
            "ours",
            oursPort,
            ours("smtp:[127.0.0.1]:" + foreignPort) + here(connection),
            submissionService());
    foreign =
        new PostfixInstance("foreign", foreignPort, foreign("smtp:[127.0.0.1]:" + oursPort), "");
  }

  /** Everybody but 127.0.0.1 is a stranger here, so that strangers can exist on one machine. */
  void configure(String settings) {
    backstop.configure(
        """
        domains = ["ours.test"]
        networks = ["127.0.0.1/32"]
        dns.servers = ["127.0.0.1:%d"]
        auth.name = "mx.ours.test"
        %s
        [tagging]
        except = ["list.test"]
        """
            .formatted(names.address().getPort(), settings));
  }

  /** What the world publishes. */
  static Zone zone() {
    return new Zone()
        .txt("foreign.test", "v=spf1 ip4:127.0.0.2 -all")
        .address("mx.foreign.test", "127.0.0.2")
        .ptr("127.0.0.2", "mx.foreign.test")
        .txt("bank.test", "v=spf1 -all")
        .txt("_dmarc.bank.test", "v=DMARC1; p=reject")
        .timeout("slow.test")
        .timeout("_dmarc.slow.test");
  }

  private static String ours(String transport) {
    String mailboxes =
        USERS.stream()
            .map(user -> user + "@ours.test=" + user + "/")
            .collect(Collectors.joining(" "));
    return """
    myhostname = mx.ours.test
    virtual_mailbox_domains = ours.test
    virtual_mailbox_maps = inline:{ %1$s }
    transport_maps = inline:{ foreign.test=%2$s list.test=%2$s refusing.test=%2$s }
    """
        .formatted(mailboxes, transport);
  }

  private static String foreign(String transport) {
    return """
    myhostname = mx.foreign.test
    virtual_mailbox_domains = foreign.test list.test
    virtual_mailbox_maps = inline:{ friend@foreign.test=friend/ friend@list.test=friend/ }
    # What makes a source of backscatter: everybody is accepted first.
    smtpd_reject_unlisted_recipient = no
    relay_domains = refusing.test
    smtpd_recipient_restrictions = check_recipient_access inline:{ refusing.test=REJECT }
    smtp_bind_address = 127.0.0.2
    transport_maps = inline:{ ours.test=%s }
    """
        .formatted(transport);
  }

  private String submissionService() {
    return "127.0.0.1:%d inet n - n - - smtpd\n".formatted(submission)
        + DocumentedLines.startingWith("  -o milter_default_action");
  }

  /** The manual's lines with the addresses of this run. */
  private String here(String lines) {
    var addresses =
        Map.of("127.0.0.1:8891", backstop.milterPort(), "127.0.0.1:8892", backstop.tablePort());
    String result = lines;
    for (var address : addresses.entrySet()) {
      result = result.replace(address.getKey(), "127.0.0.1:" + address.getValue());
    }
    return result;
  }

  /** One of our users sends a message; returns its Message-ID. */
  String sends(String user, String recipient, String subject) {
    String messageId = messageId();
    try (var client = new SmtpClient(SmtpClient.OURS, submission)) {
      client.send(user + "@ours.test", recipient, Texts.plain(user, recipient, subject, messageId));
    }
    return messageId;
  }

  /** A Message-ID as ours are. */
  static String messageId() {
    return "<" + UUID.randomUUID() + "@ours.test>";
  }

  /** A stranger in front of our port 25. */
  SmtpClient stranger() {
    return new SmtpClient(SmtpClient.STRANGER, ours.port());
  }

  /** The tagged address under which the foreign server got mail of that user, from its log. */
  String taggedSender(String user) {
    String line = foreign.logged("from=<prvs=", "=" + user + "@ours.test>");
    return line.replaceFirst(".*from=<([^>]*)>.*", "$1");
  }

  /** Whether anybody asked for that name. */
  boolean asked(String name) {
    return names.questions().stream().anyMatch(question -> question.endsWith(" " + name));
  }

  /** Everything that the servers of all worlds said. */
  static String describeOpen() {
    return OPEN.stream().map(World::describe).collect(Collectors.joining("\n"));
  }

  private String describe() {
    return "---- Backstop\n%s\n---- our Postfix\n%s\n---- the foreign Postfix\n%s"
        .formatted(backstop.log(), ours.log(), foreign.log());
  }

  @Override
  public void close() {
    OPEN.remove(this);
    try (backstop;
        ours;
        foreign;
        names) {
      // All of them, whatever happens to the others.
    }
  }
}
