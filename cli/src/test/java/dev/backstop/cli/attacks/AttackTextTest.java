package dev.backstop.cli.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.server.attacks.Episode;
import dev.backstop.server.attacks.Scope;
import dev.backstop.server.config.ConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed, to the letter. */
class AttackTextTest {
  private static final Instant BEGAN = Instant.parse("2026-03-01T12:00:03Z");
  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void anInstallation() throws Exception {
    config = Files.writeString(folder.resolve("backstop.toml"), "domains = [\"example.com\"]\n");
  }

  @Test
  void oneAddressExplained() throws Exception {
    assertThat(explained(address(null), "mode = \"observe\""))
        .isEqualTo(
            """
            20260301-120019-1: anna@example.com

              Somebody sends mail in the name of this address. The bounces and automatic replies of those
              who get it come to the address, which never wrote to them.
              It began about 2026-03-01 12:00:03 and is under way; the last message came 2026-03-01
              14:13:20.
              12,345 messages, at most 310 in one minute; none is usual. 1,200 were refused before their
              content was sent.

              Who hands the answers to us
                  8,000  192.0.2.7  mx.example.net
                  4,000  2001:db8::7

              Where the spam came from, by what the answers return of it
                  9,000  203.0.113.9

              The same as networks
                  9,500  203.0.113.0/24

              Its subjects
                 12,000  Cheap �[31m pills

              Some messages
                2026-03-01 12:00:19  from 192.0.2.7  <1@spam.example>

              What Backstop does
                The domain is in mode observe: everything is delivered and marked, and the log says what
                would be refused.

              What you can do
                Set mode = "enforce" for example.com when all its mail leaves through Backstop: what is
                proved false is then refused.
                Publish a DMARC policy of reject (backstop doctor example.com says how): receivers then
                refuse the forged mail itself, and have nothing to answer.
                The hosts listed answer forged senders. Their administrators, and the networks that the spam
                comes from, may not know it.
            """);
  }

  @Test
  void oneDomainThatEnforcesExplained() throws Exception {
    Episode domain =
        new Episode(
            "20260301-120019-2",
            Scope.DOMAIN,
            "example.com",
            BEGAN,
            BEGAN.plusSeconds(9_000),
            BEGAN.plusSeconds(10_800),
            500,
            0,
            12,
            40,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    assertThat(explained(domain, "mode = \"enforce\""))
        .isEqualTo(
            """
            20260301-120019-2: example.com

              Somebody sends mail in the name of many addresses of this domain, most of them invented. The
              bounces and automatic replies of those who get it come to us.
              It began about 2026-03-01 12:00:03, went on for 2 hours and 30 minutes and is over; the last
              message came 2026-03-01 14:30:03.
              500 messages, at most 12 in one minute; up to 40 in an hour are usual. None was refused before
              its content was sent.

              What Backstop does
                The domain is in mode enforce: what is proved false is dealt with by its policy (refused, by
                default), and what is proved genuine is delivered.

              What you can do
                Let the mail server refuse unknown recipients in the session; most of these do not exist.
                Publish a DMARC policy of reject (backstop doctor example.com says how): receivers then
                refuse the forged mail itself, and have nothing to answer.
            """);
  }

  @Test
  void anAddressIsStricterWhileItIsAttacked() throws Exception {
    assertThat(explained(address(null), "mode = \"enforce\"\nanswers.in-attack = \"quarantine\""))
        .containsIgnoringWhitespaces(
            "While it lasts, what cannot be told is held by the mail server.");
    assertThat(explained(address(BEGAN.plusSeconds(9_000)), "mode = \"enforce\""))
        .containsIgnoringWhitespaces("what cannot be told is marked; that is over.");
  }

  @Test
  void theListHasALineForEach() {
    assertThat(new AttackTable(List.of(address(null)), ZoneOffset.UTC).toString())
        .isEqualTo(
            """
              attack               began        last          messages  a minute  on
              20260301-120019-1    03-01 12:00  under way       12,345       310  anna@example.com

            backstop attacks ID explains one.
            """);
    assertThat(new AttackTable(List.of(), ZoneOffset.UTC).toString()).isEqualTo("No attacks.\n");
  }

  static Episode address(@Nullable Instant ended) {
    return new Episode(
        "20260301-120019-1",
        Scope.ADDRESS,
        "anna@example.com",
        BEGAN,
        BEGAN.plus(Duration.ofSeconds(7_997)),
        ended,
        12_345,
        1_200,
        310,
        0,
        List.of(
            new Episode.Count("192.0.2.7", "mx.example.net", 8_000),
            new Episode.Count("2001:db8::7", null, 4_000)),
        List.of(new Episode.Count("203.0.113.9", null, 9_000)),
        List.of(new Episode.Count("203.0.113.0/24", null, 9_500)),
        List.of(new Episode.Count("Cheap \u001b[31m pills", null, 12_000)),
        List.of(
            new Episode.Sample(
                BEGAN.plusSeconds(16),
                "192.0.2.7",
                "mx.example.net",
                "203.0.113.9",
                "Cheap pills",
                "<1@spam.example>")));
  }

  private String explained(Episode attack, String mode) throws Exception {
    Files.writeString(config, "domains = [\"example.com\"]\n" + mode + "\n");
    return new AttackText(attack, ConfigReader.read(config), ZoneOffset.UTC).toString();
  }
}
