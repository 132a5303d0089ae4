package dev.backstop.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.server.Site;
import dev.backstop.store.Event;
import dev.backstop.store.EventQuery;
import dev.backstop.store.Store;
import dev.backstop.store.StoreSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people can look up afterwards. */
class RecordedEventTest {
  @TempDir Path folder;

  @Test
  void anEventSaysWhatEnforcingDoesAndWhatTheBounceTells() throws Exception {
    try (var site = new Site(folder, "domains = [\"ours.test\"]\nauth.check = false\n")) {
      site.receive(
          "<>",
          "anna@ours.test",
          """
          From: MAILER-DAEMON@mx.example.net
          To: anna@ours.test
          Subject: Undelivered Mail Returned to Sender
          MIME-Version: 1.0
          Content-Type: multipart/report; report-type=delivery-status; boundary="b"

          --b
          Content-Type: text/plain

          This is the mail system at host mx.example.net.

          --b
          Content-Type: message/delivery-status

          Reporting-MTA: dns; mx.example.net

          Final-Recipient: rfc822; bob@example.net
          Action: failed
          Status: 5.1.1

          --b
          Content-Type: text/rfc822-headers

          Received: from spam.example (spam.example [203.0.113.9])
           by mx.example.net (Postfix) with ESMTP id 1 for <bob@example.net>
          From: anna@ours.test
          To: bob@example.net
          Subject: Cheap watches
          Message-ID: <forged@ours.test>

          --b--
          """);

      Event event = recorded(site);
      assertThat(event.verdict()).isEqualTo(Verdict.UNPROVEN);
      assertThat(event.enforced()).isEqualTo(Verdict.BACKSCATTER);
      assertThat(event.reporter()).isEqualTo("mx.example.net");
      assertThat(event.source()).isEqualTo("203.0.113.9");
      assertThat(event.subject()).isEqualTo("Cheap watches");
    }
  }

  @Test
  void aRefusedRecipientIsAnEventToo() throws Exception {
    try (var site = new Site(folder, "domains = [\"ours.test\"]\nmode = \"enforce\"\n")) {
      site.rcpt("<>", "anna@ours.test");

      Event event = recorded(site);
      assertThat(event.enforced()).isEqualTo(Verdict.BACKSCATTER);
      assertThat(event.action()).isEqualTo("refused");
      assertThat(event.reporter()).isNull();
    }
  }

  private Event recorded(Site site) throws Exception {
    site.store.close(); // writes what waits
    try (Store store =
        Store.openReadOnly(
            folder.resolve("data"), site.keys.journal(), StoreSettings.DEFAULTS, site)) {
      List<Event> found =
          store
              .events()
              .search(
                  new EventQuery(
                      "ours.test", "Anna@ours.test", null, null, Instant.MIN, Instant.MAX, 10));
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }
}
