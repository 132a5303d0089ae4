package dev.backstop.server.recipients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.config.ConfigReader;
import dev.backstop.server.recipients.source.Finding;
import dev.backstop.server.recipients.source.Source;
import dev.backstop.server.recipients.source.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A next hop has the last word on whom the directories let in, and none on others. */
class NextHopQuestionTest {
  @TempDir private Path folder;

  private record Hop(Finding finding) implements Source {
    @Override
    public String name() {
      return "next-hop";
    }

    @Override
    public String place() {
      return "mx.test:25";
    }

    @Override
    public Finding ask(Wanted wanted, Duration most) {
      return finding;
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  private Outcome ask(String recipients, String address, Finding finding) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("backstop.toml"), "domains = [\"ours.test\"]\n" + recipients);
    try (Recipients asked = Recipients.of(ConfigReader.read(file), "us.test", new Counters())) {
      return asked.examine(Mailbox.parse(address), new Hop(finding)).outcome();
    }
  }

  @Test
  void withoutDirectoriesItAloneDecides() throws Exception {
    assertThat(ask("", "anna@ours.test", new Finding.Known("250")))
        .isInstanceOf(Outcome.Exists.class);
    assertThat(ask("", "anna@ours.test", new Finding.Unknown("550")))
        .isInstanceOf(Outcome.Unknown.class);
    assertThat(ask("", "anna@ours.test", new Finding.Silent("takes all")))
        .isInstanceOf(Outcome.Unchecked.class);
    assertThat(ask("", "anna@ours.test", new Finding.Failed("down")))
        .isInstanceOf(Outcome.Undecided.class);
  }

  @Test
  void whomADirectoryDoesNotKnowItCannotLetIn() throws Exception {
    Files.writeString(folder.resolve("users"), "anna@ours.test\n");
    String files = "[recipients]\nfiles = [\"users\"]\n";
    assertThat(ask(files, "ben@ours.test", new Finding.Known("250")))
        .isInstanceOf(Outcome.Unknown.class);
    assertThat(ask(files, "anna@ours.test", new Finding.Known("250")))
        .isInstanceOf(Outcome.Exists.class);
    assertThat(ask(files, "anna@ours.test", new Finding.Unknown("550 full")))
        .isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void itIsNotAskedAboutOthersDomains() throws Exception {
    assertThat(ask("", "anna@else.test", new Finding.Unknown("550")))
        .isInstanceOf(Outcome.Unchecked.class);
  }
}
