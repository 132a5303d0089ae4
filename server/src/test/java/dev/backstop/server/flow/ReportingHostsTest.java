package dev.backstop.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.server.Site;
import dev.backstop.server.backscatterers.Listing;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host sends is counted, whether or not the domain enforces yet. */
class ReportingHostsTest {
  private static final String OBSERVE = "domains = [\"ours.test\"]\nauth.check = false\n";
  private static final String BOUNCE =
      """
      From: MAILER-DAEMON@mx.example.net
      Subject: Undelivered Mail Returned to Sender

      This is the mail system at host mx.example.net.
      """;

  @TempDir Path folder;

  @Test
  void anAnswerThatEnforcingWouldRefuseIsFalse() throws Exception {
    try (var site = new Site(folder, OBSERVE)) {
      site.receive("<>", "anna@ours.test", BOUNCE);
      assertCounts(site, 1, 0);
      assertThat(site.backscatterers.hosts().getFirst().listed()).isFalse();
    }
  }

  @Test
  void aRecipientThatIsRefusedIsFalseToo() throws Exception {
    try (var site = new Site(folder, OBSERVE + "mode = \"enforce\"\n")) {
      for (int i = 0; i < 5; i++) {
        site.rcpt("<>", "anna@ours.test");
      }
      assertCounts(site, 5, 0);
      assertThat(site.backscatterers.hosts().getFirst().listed()).isTrue();
    }
  }

  @Test
  void aGenuineAnswerIsCountedAndOrdinaryMailIsNot() throws Exception {
    try (var site = new Site(folder, OBSERVE)) {
      site.receive("<>", site.tagged("anna@ours.test"), BOUNCE);
      site.receive("<bob@example.net>", "anna@ours.test", "Subject: lunch\n\nAt noon?\n");
      assertCounts(site, 0, 1);
    }
  }

  private static void assertCounts(Site site, int falseOnes, int genuine) {
    assertThat(site.backscatterers.hosts()).hasSize(1);
    Listing host = site.backscatterers.hosts().getFirst();
    assertThat(host.block()).hasToString("192.0.2.7");
    assertThat(host.backscatter()).isEqualTo(falseOnes);
    assertThat(host.genuine()).isEqualTo(genuine);
  }
}
