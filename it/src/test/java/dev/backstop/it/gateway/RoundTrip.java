package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.it.BackstopProcess;
import dev.backstop.it.Letter;
import dev.backstop.it.Ports;
import dev.backstop.it.PostfixInstance;
import dev.backstop.it.SmtpClient;
import dev.backstop.it.Texts;
import dev.backstop.testkit.dns.DnsServer;
import dev.backstop.testkit.dns.Zone;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A real mail server behind the gateway, which enforces, and a foreign one that accepts everybody
 * and bounces: mail and bounces in both directions.
 *
 * <p>{@code foreign.test} accepts every recipient, delivers to {@code friend} and bounces the rest
 * afterwards; {@code refusing.test} refuses at once. The foreign server comes from 127.0.0.2.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
abstract class RoundTrip {
  static final String STRANGER = "127.0.0.2";

  final int gateway = Ports.free();
  final BackstopProcess backstop = new BackstopProcess();
  private DnsServer names;
  MailServer ours;
  PostfixInstance foreign;

  /** The server that is tried. */
  abstract MailServer createServer();

  /** More lines of {@code [gateway]}. */
  String settings() {
    return "";
  }

  /** More lines of the foreign server's main.cf. */
  String foreignLines() {
    return "";
  }

  @BeforeAll
  void startAll() throws IOException {
    names =
        DnsServer.start(
            new Zone()
                .txt("foreign.test", "v=spf1 ip4:127.0.0.2 -all")
                .address("mx.foreign.test", "127.0.0.2")
                .ptr("127.0.0.2", "mx.foreign.test"));
    ours = createServer();
    int port = Ports.free();
    foreign = new PostfixInstance("foreign", port, foreignMain() + foreignLines(), "");
    backstop.configure(
        """
        domains = ["ours.test"]
        networks = ["127.0.0.1/32", "127.0.0.3/32"]
        mode = "enforce"
        dns.servers = ["127.0.0.1:%d"]
        auth.name = "mx.ours.test"
        [gateway]
        listen = ["127.0.0.1:%d"]
        next-hop = ["127.0.0.1:%d"]
        outgoing-next-hop = ["127.0.0.1:%d"]
        %s
        """
            .formatted(
                names.address().getPort(), gateway, ours.port(), port, identify() + settings()));
    backstop.start();
  }

  private String identify() {
    return "identify-client = \"" + ours.identifies() + "\"\n";
  }

  private String foreignMain() {
    return """
    myhostname = mx.foreign.test
    virtual_mailbox_domains = foreign.test
    virtual_mailbox_maps = inline:{ friend@foreign.test=friend/ }
    smtpd_reject_unlisted_recipient = no
    relay_domains = refusing.test
    smtpd_recipient_restrictions = check_recipient_access inline:{ refusing.test=REJECT }
    smtpd_authorized_xclient_hosts = 127.0.0.1
    smtp_bind_address = 127.0.0.2
    transport_maps = inline:{ ours.test=smtp:[127.0.0.1]:%d }
    """
        .formatted(gateway);
  }

  @AfterAll
  void stopAll() {
    String log = backstop.log();
    backstop.close();
    ours.close();
    foreign.close();
    names.close();
    assertThat(log).doesNotContain("Exception", "level=error");
  }

  String describe() {
    return "---- Backstop\n%s\n---- ours\n%s\n---- foreign\n%s"
        .formatted(backstop.log(), ours.log(), foreign.log());
  }

  /** The foreign server gets a message for our user and hands it on. */
  void relays(String subject) {
    try (var friend = new SmtpClient("127.0.0.1", foreign.port())) {
      friend.send("friend@foreign.test", "user@ours.test", subject + "\n\nHello.\n");
    }
  }

  String sends(String user, String recipient, String subject) {
    String messageId = "<" + UUID.randomUUID() + "@ours.test>";
    try (var client = new SmtpClient(ours.submitter(), ours.submission())) {
      client.send(user + "@ours.test", recipient, Texts.plain(user, recipient, subject, messageId));
    }
    return messageId;
  }

  private SmtpClient stranger() {
    return new SmtpClient(STRANGER, gateway);
  }

  @Test
  void mailComesInAndTheServerSawTheRealClient() {
    try (var stranger = stranger()) {
      stranger.send("friend@foreign.test", "user@ours.test", "Subject: coming in\n\nHello.\n");
    }

    Letter letter = ours.letter("user", "Subject: coming in");

    assertThat(letter.text()).contains("\nHello.\n");
    assertThat(letter.fields("Authentication-Results").toString()).contains("spf=pass");
    ours.logged(STRANGER);
  }

  @Test
  void theForeignServersMailComesIn() {
    relays("Subject: by relay");

    assertThat(ours.letter("user", "Subject: by relay").text()).contains("Hello.");
    assertThat(foreign.logged("to=<user@ours.test>", "status=sent")).contains("(250 ");
  }

  @Test
  void aUserWhoDoesNotExistIsRefusedInTheServersWords() {
    try (var stranger = stranger()) {
      stranger.expect("250", "MAIL FROM:<friend@foreign.test>");
      stranger.expect("550", "RCPT TO:<nobody@ours.test>");
    }
  }

  @Test
  void mailLeavesWithATag() {
    sends("user", "friend@foreign.test", "going out");

    Letter letter = foreign.letter("friend", "Subject: going out");

    assertThat(letter.field("Return-Path")).matches("<prvs=0\\d{3}[0-9a-f]{6}=user@ours\\.test>");
  }

  @Test
  void aGenuineBounceComesBackUnderThePlainAddress() {
    sends("writer", "nobody@foreign.test", "a letter to nobody");

    Letter bounce = ours.letter("writer", "Subject: a letter to nobody");

    assertThat(bounce.field("Backstop-Verdict")).startsWith("genuine; form=bounce");
    assertThat(bounce.text()).contains("nobody@foreign.test");
  }

  @Test
  void theBounceOfAForgedMessageStaysWithTheServerThatMadeIt() {
    try (var spammer = new SmtpClient(STRANGER, foreign.port())) {
      spammer.send(
          "victim@ours.test",
          "nobody@foreign.test",
          Texts.plain("victim", "nobody@foreign.test", "pills", "<forged@ours.test>"));
    }

    assertThat(foreign.logged("to=<victim@ours.test>", "status=bounced"))
        .contains("550 5.7.1 Bounce to <victim@ours.test> refused");
    assertThat(ours.letters("victim")).isEmpty();
  }

  /** The server has a queue, the gateway has none: the bounce is the server's own. */
  @Test
  void whatTheWorldRefusesIsBouncedByOurServerToItsUser() {
    sends("submitter", "nobody@refusing.test", "refused at once");

    assertThat(ours.letter("submitter", "Subject: refused at once").text())
        .contains("nobody@refusing.test", "554");
  }

  @Test
  void aStrangerRelaysNothing() {
    try (var stranger = stranger()) {
      stranger.expect("250", "MAIL FROM:<friend@foreign.test>");
      stranger.expect("550 5.7.1", "RCPT TO:<friend@foreign.test>");
    }
  }

  @Test
  void aLargeMessageArrivesWhole() {
    String body = "0123456789 0123456789 0123456789 0123456789\n".repeat(50_000);
    try (var stranger = stranger()) {
      stranger.send("friend@foreign.test", "user@ours.test", "Subject: large\n\n" + body + "end\n");
    }

    assertThat(ours.letter("user", "Subject: large").text()).endsWith(body + "end\n");
  }
}
