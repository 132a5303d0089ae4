package dev.backstop.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.Site;
import dev.backstop.server.attacks.Sighting;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told of what mail, for the watch for attacks. */
class SightingsTest {
  private static final String BOUNCE =
      """
      From: MAILER-DAEMON@mx.example.net
      Subject: Undelivered Mail Returned to Sender
      Auto-Submitted: auto-replied
      Content-Type: multipart/report; report-type=delivery-status; boundary=x

      --x
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mail.example.net

      Final-Recipient: rfc822; user@example.net
      Action: failed
      Status: 5.1.1

      --x
      Content-Type: text/rfc822-headers

      Received: from pc.example.org (pc.example.org [203.0.113.25])
       by mail.example.net; Sun, 1 Mar 2026 11:59:00 +0000
      Message-ID: <1@spam.example>
      Subject: Cheap pills

      --x--
      """;

  private static final String COMPLAINT =
      """
      From: fbl@example.net
      Subject: complaint
      Content-Type: multipart/report; report-type=feedback-report; boundary=x

      --x
      Content-Type: text/plain

      complaint

      --x
      Content-Type: message/feedback-report

      Feedback-Type: abuse
      User-Agent: Some/1
      Version: 1

      --x--
      """;

  private static final Mailbox ANNA = new Mailbox("anna", "ours.test");
  @TempDir Path folder;

  @Test
  void anUnprovenBounceIsTold() throws Exception {
    try (Site site = new Site(folder, "domains = [\"ours.test\"]")) {
      site.receive("<>", "anna@ours.test", BOUNCE);
      assertThat(site.seen.sightings)
          .containsExactly(
              new Sighting(
                  Site.START,
                  ANNA,
                  false,
                  IpLiteral.parse("192.0.2.7"),
                  "mail.example.net",
                  "203.0.113.25",
                  "Cheap pills",
                  "<1@spam.example>"));
      assertThat(site.seen.genuine).isEmpty();
    }
  }

  @Test
  void whatIsRefusedAtTheRecipientIsToldWithoutItsTag() throws Exception {
    try (Site site = new Site(folder, "domains = [\"ours.test\"]\nmode = \"enforce\"")) {
      site.rcpt("<>", "anna@ours.test");
      site.rcpt("<>", "prvs=0123abcdef=anna@ours.test");
      assertThat(site.seen.sightings)
          .hasSize(2)
          .allMatch(Sighting::refusedAtRecipient)
          .allMatch(sighting -> sighting.recipient().equals(ANNA))
          .allMatch(sighting -> "mx.example.net".equals(sighting.reporter()));
    }
  }

  @Test
  void aGenuineOneIsToldAsSuch() throws Exception {
    try (Site site = new Site(folder, "domains = [\"ours.test\"]")) {
      site.receive("<>", site.tagged("anna@ours.test"), BOUNCE);
      assertThat(site.seen.sightings).isEmpty();
      assertThat(site.seen.genuine).containsExactly(ANNA);
    }
  }

  @Test
  void ordinaryMailAndReportsAreNot() throws Exception {
    try (Site site = new Site(folder, "domains = [\"ours.test\"]")) {
      site.receive("bob@example.net", "anna@ours.test", "Subject: hello\n\nHow are you?\n");
      site.receive("<>", "anna@ours.test", COMPLAINT);
      assertThat(site.seen.sightings).isEmpty();
      assertThat(site.seen.genuine).isEmpty();
    }
  }
}
