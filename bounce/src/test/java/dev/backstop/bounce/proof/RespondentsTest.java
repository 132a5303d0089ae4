package dev.backstop.bounce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.Form;
import dev.backstop.mail.address.Mailbox;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RespondentsTest {
  private static final AutomaticMail BOUNCE =
      SignedMail.read(
          """
          From: MAILER-DAEMON@far.example
          Subject: Undelivered Mail
          MIME-Version: 1.0
          Content-Type: multipart/report; report-type=delivery-status; boundary=b

          --b
          Content-Type: message/delivery-status

          Reporting-MTA: dns; MX1.mail.example

          Final-Recipient: rfc822; bob@inside.example
          Original-Recipient: rfc822; bob@alias.example
          Action: failed
          Status: 5.1.1

          Final-Recipient: rfc822; no address
          Action: failed
          Status: 5.1.1

          --b
          Content-Type: text/rfc822-headers

          From: anna@ours.example
          To: carol@list.example
          Message-ID: <1@ours.example>
          Date: Sun, 1 Mar 2026 11:59:00 +0000

          --b--
          """);

  private static Mailbox mailbox(String address) throws Exception {
    return Mailbox.parse(address);
  }

  @Test
  void thoseWhoAreReportedAndTheOneWhoAnswers() {
    Respondents respondents = Respondents.of(BOUNCE);
    assertThat(respondents.mailboxes())
        .extracting(Mailbox::toString)
        .containsExactly("bob@inside.example", "bob@alias.example", "MAILER-DAEMON@far.example");
    assertThat(respondents.hosts()).containsExactlyInAnyOrder("mx1.mail.example", "far.example");
  }

  @Test
  void theReturnedToOnlyWhereItIsAskedFor() {
    assertThat(Respondents.withReturnedTo(BOUNCE).mailboxes())
        .extracting(Mailbox::toString)
        .containsExactly(
            "bob@inside.example",
            "bob@alias.example",
            "carol@list.example",
            "MAILER-DAEMON@far.example");
  }

  @Test
  void localPartsHaveNoCase() throws Exception {
    Respondents respondents = Respondents.of(BOUNCE);
    assertThat(respondents.speakFor(mailbox("Bob@Inside.example"))).isTrue();
    assertThat(respondents.speakFor(mailbox("rob@inside.example"))).isFalse();
    assertThat(respondents.speakFor(mailbox("carol@list.example"))).isFalse();
  }

  /** A server speaks for its domain and the mailer of a domain for everybody there. */
  @Test
  void hostsSpeakForTheirDomain() throws Exception {
    Respondents respondents = Respondents.of(BOUNCE);
    assertThat(respondents.speakFor(mailbox("any@mx1.mail.example"))).isTrue();
    assertThat(respondents.speakFor(mailbox("any@mail.example"))).isTrue();
    assertThat(respondents.speakFor(mailbox("any@far.example"))).isTrue();
    assertThat(respondents.speakFor(mailbox("any@ail.example"))).isFalse();
    assertThat(respondents.speakFor(mailbox("any@sub.far.example"))).isFalse();
    assertThat(respondents.speakFor(mailbox("any@example"))).as("a whole top domain").isFalse();
  }

  @Test
  void aPersonSpeaksForNobodyElse() throws Exception {
    AutomaticMail reply =
        SignedMail.read(
            "From: bob@far.example\nAuto-Submitted: auto-replied\nSubject: away\n\nI am away.\n");
    assertThat(Respondents.of(reply).speakFor(mailbox("bob@far.example"))).isTrue();
    assertThat(Respondents.of(reply).speakFor(mailbox("carol@far.example"))).isFalse();
  }

  /** One writes to a list's command, and its owner answers. */
  @Test
  void aListsProgramSpeaksForAllAddressesOfTheList() throws Exception {
    AutomaticMail notice =
        SignedMail.read(
            """
            From: choir+owner@far.example
            Subject: Confirm subscription to choir@far.example

            To confirm that you want to be added to the mailing list, reply to this.
            """);
    assertThat(notice.form()).isEqualTo(Form.LIST_NOTICE);
    assertThat(Respondents.of(notice).speakFor(mailbox("choir+subscribe@far.example"))).isTrue();
    assertThat(Respondents.of(notice).speakFor(mailbox("choir@far.example"))).isTrue();
    assertThat(Respondents.of(notice).speakFor(mailbox("bob@far.example"))).isFalse();
  }

  @Test
  void thousandsOfRecipientsAreBounded() throws Exception {
    String blocks =
        IntStream.range(0, 5000)
            .mapToObj(i -> "Final-Recipient: rfc822; u" + i + "@x.example\nAction: failed\n\n")
            .collect(Collectors.joining());
    AutomaticMail reading =
        SignedMail.read(
            "From: bob@far.example\nSubject: failure\n"
                + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
                + "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
                + blocks
                + "--b--\n");
    Respondents respondents = Respondents.of(reading);
    assertThat(respondents.mailboxes()).hasSize(Respondents.MAX_MAILBOXES);
    assertThat(respondents.speakFor(mailbox("bob@far.example"))).isTrue();
  }
}
