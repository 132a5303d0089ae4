package dev.backstop.server.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.Site;
import dev.backstop.store.JournalEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UntaggedSendersTest {
  @TempDir Path folder;

  /** A full disk while mail to a list left plain: its bounce was refused as forged, for ever. */
  @Test
  void whatTheJournalCouldNotTakeIsRememberedAndHandedInLater() throws Exception {
    try (var site = new Site(folder, "domains = [\"ours.test\"]")) {
      var untagged = new UntaggedSenders(site.store.journal(), _ -> {}, site);
      Mailbox anna = Mailbox.parse("anna@ours.test");
      assertThat(untagged.mayBeOne(anna)).isFalse();

      untagged.lost(
          new JournalEntry(
              "<1@ours.test>", anna, Site.mailboxes("dev@lists.test"), Site.START, false));
      assertThat(untagged.mayBeOne(anna)).isTrue();
      assertThat(untagged.mayBeOne(Mailbox.parse("ben@ours.test"))).isFalse();

      untagged.handIn();
      assertThat(site.store.journal().untaggedSince(anna, Site.START.minusSeconds(1))).isTrue();
    }
  }

  @Test
  void whenTooManyAreLostAnybodyMayBeOne() throws Exception {
    try (var site = new Site(folder, "domains = [\"ours.test\"]")) {
      var untagged = new UntaggedSenders(site.store.journal(), _ -> {}, site);
      for (int i = 0; i <= 10_000; i++) {
        var sender = new Mailbox("user" + i, "ours.test");
        untagged.lost(new JournalEntry(null, sender, List.of(), Site.START, false));
      }

      assertThat(untagged.mayBeOne(Mailbox.parse("ben@ours.test"))).isTrue();
      site.pass(Duration.ofDays(7));
      assertThat(untagged.mayBeOne(Mailbox.parse("ben@ours.test"))).isFalse();
    }
  }
}
