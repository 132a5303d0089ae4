package dev.backstop.server.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.server.Site;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is noted while a domain observes. */
class LearningTest {
  private static final String OBSERVE = "domains = [\"ours.test\"]\n";

  @TempDir Path folder;

  @Test
  void mailOfOursThatLeavesIsCountedByItsClientsNetwork() throws Exception {
    try (var site = new Site(folder, OBSERVE + "tagging.except = [\"list.test\"]\n")) {
      site.send("anna@ours.test", "<1@ours.test>", "bob@example.com");
      site.send("anna@ours.test", "<2@ours.test>", "bob@example.com");
      site.send("anna@ours.test", "<3@ours.test>", "dev@list.test");

      assertThat(seen(site))
          .containsExactlyInAnyOrder(
              "through-us 10.0.0.0/24 2 anna@ours.test to bob@example.com",
              "without-tag exception 1 anna@ours.test to dev@list.test");
    }
  }

  /** It was sent through us, and the server answered the address in From. */
  @Test
  void aGenuineAnswerWithoutATagShowsMailThatLeftWithout() throws Exception {
    try (var site = new Site(folder, OBSERVE)) {
      site.send("anna@ours.test", "<1@ours.test>", "bob@example.com");
      site.receive("<>", "anna@ours.test", bounce("<1@ours.test>", "[198.51.100.9]"));

      assertThat(seen(site))
          .anySatisfy(line ->
              assertThat(line).startsWith("genuine-without-tag 198.51.100.0/24 1 anna@ours.test:"));
    }
  }

  /** An application server that sends by itself: nothing proves its mail, but SPF names it. */
  @Test
  void whatEnforcingWouldRefuseThoughOurSpfAllowsItIsNoted() throws Exception {
    try (var site = new Site(folder, OBSERVE)) {
      site.names.txt("ours.test", "v=spf1 ip4:198.51.100.9 -all");
      site.receive("<>", "app@ours.test", bounce("<7@app.ours.test>", "[198.51.100.9]"));
      site.receive("<>", "app@ours.test", bounce("<8@forged.example>", "[203.0.113.5]"));

      assertThat(seen(site))
          .anySatisfy(line ->
              assertThat(line).startsWith("refused-though-likely 198.51.100.0/24 1 app@ours.test"))
          .noneSatisfy(line -> assertThat(line).contains("203.0.113"));
    }
  }

  private static Set<String> seen(Site site) throws Exception {
    site.learning.write();
    site.store.journal().begin(Set.of("ours.test")); // what waits is written with it
    return site.store.streams().of("ours.test", Site.START.minusSeconds(1)).stream()
        .map(stream ->
            stream.kind()
                + " "
                + stream.source()
                + " "
                + stream.messages()
                + " "
                + stream.example())
        .collect(java.util.stream.Collectors.toSet());
  }

  private static String bounce(String messageId, String host) {
    return """
    From: MAILER-DAEMON@mx.example.net
    Subject: Undelivered Mail Returned to Sender
    Content-Type: multipart/report; report-type=delivery-status; boundary=b

    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.net

    Final-Recipient: rfc822; bob@example.com
    Action: failed
    Status: 5.1.1
    --b
    Content-Type: text/rfc822-headers

    Received: from host (host HOST) by mx.example.net; Sun, 1 Mar 2026 12:00:00 +0000
    From: anna@ours.test
    To: bob@example.com
    Message-ID: MESSAGE-ID
    --b--
    """
        .replace("HOST", host)
        .replace("MESSAGE-ID", messageId);
  }
}
