package dev.backstop.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the demo says that it does not show. When one of these changes, so must its last lines. */
class KnownLimitsTest {
  private static final String ANNA = OurMailServer.address("anna");
  private static final String ADA = "ada@northwind.example";
  private static final Mail.Client STRANGER =
      new Mail.Client("mx.northwind.example", "192.0.2.11", null);

  private final WorldClock clock = new Demo().clock();
  private final RealBackstop backstop = RealBackstop.start(clock);
  private final OurMailServer mailServer = new OurMailServer(backstop::milter);

  @BeforeEach
  void theJournalIsOldEnough() {
    clock.advanceTo(clock.instant().plus(Duration.ofDays(10)));
  }

  @AfterEach
  void close() {
    mailServer.close();
    backstop.close();
  }

  private Outcome comes(String sender, String recipient, String text) {
    Letter letter =
        Letter.write(text.replace("DATE", Letter.date(clock.instant())), Map.<String, String>of());
    return mailServer.receive(new Mail(STRANGER, sender, List.of(recipient), letter));
  }

  /** Hands in a mail of Anna's; returns what leaves. */
  private Mail annaWrites() {
    Letter letter =
        Letter.write(
            "From: anna@ours.example\nTo: ada@northwind.example\nMessage-ID: <1@ours.example>\n\n-",
            Map.<String, String>of());
    var client = new Mail.Client("laptop", "203.0.113.20", "anna");
    Outcome sent = mailServer.receive(new Mail(client, ANNA, List.of(ADA), letter));
    return ((Outcome.Accepted) sent).mail();
  }

  @Test
  void aReplyWithoutMessageIdPassesUnprovenWhereTheUserHasWrittenLately() {
    annaWrites();
    Outcome outcome =
        comes(
            ADA,
            ANNA,
            """
            From: ada@northwind.example
            To: anna@ours.example
            Subject: away from my mail
            Precedence: bulk
            Date: DATE

            I will not be reading my mail for a while. Your mail will be read when I return.
            """);
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void aReplyToForgedMailWithTheMessageIdOfAnotherHostIsRefused() {
    Outcome outcome =
        comes(
            ADA,
            ANNA,
            """
            From: ada@northwind.example
            To: anna@ours.example
            Subject: Out of office
            Auto-Submitted: auto-replied
            In-Reply-To: <77@spammer.example>

            I am away.
            """);
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void aFreshStolenTagPasses() {
    String stolen = annaWrites().sender();
    assertThat(stolen).startsWith("prvs=");
    Outcome outcome =
        comes(
            "",
            stolen,
            """
            From: MAILER-DAEMON@northwind.example
            To: anna@ours.example
            Subject: Undelivered Mail Returned to Sender
            Auto-Submitted: auto-replied

            <nobody@northwind.example>: 550 5.1.1 no such user
            """);
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void aReceiptThatNobodyAskedForAnswersMailOfOursAllTheSame() {
    annaWrites();
    Outcome outcome =
        comes(
            "",
            ANNA,
            """
            From: ada@northwind.example
            To: anna@ours.example
            Subject: Read: Offer
            Content-Type: multipart/report; report-type=disposition-notification; boundary=x

            --x
            Content-Type: message/disposition-notification

            Final-Recipient: rfc822;ada@northwind.example
            Original-Message-ID: <1@ours.example>
            Disposition: manual-action/MDN-sent-manually; displayed
            --x--
            """);
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
  }
}
