package dev.backstop.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.IpLiteral;
import dev.backstop.server.backscatterers.Block;
import dev.backstop.server.backscatterers.export.ListFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exported table in a real Postfix, with the lines of docs/backscatterers.md. */
@RequiresPostfix
@SuppressWarnings("NullAway.Init") // set before each test
class PostfixExportTest {
  private static final String PAGE = "backscatterers.md";

  @TempDir Path folder;
  private Path table;

  @BeforeEach
  void export() throws Exception {
    List<Block> blocks =
        Stream.of(SmtpClient.STRANGER, "192.0.2.7", "2001:db8:1:2::3")
            .map(IpLiteral::parse)
            .map(Block::host)
            .sorted()
            .toList();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    table =
        Files.writeString(
            folder.resolve("list.cidr"), ListFormat.POSTFIX.render(blocks, Instant.now()));
  }

  private PostfixInstance postfix(String more) {
    String lines =
        DocumentedLines.startingWith(PAGE, "smtpd_restriction_classes")
            .replace("/etc/postfix/backscatterers.cidr", table.toString());
    return new PostfixInstance(
        "export",
        Ports.free(),
        """
        virtual_mailbox_domains = ours.test
        virtual_mailbox_maps = static:user/
        """
            + lines
            + more,
        "");
  }

  @Test
  void theTableAnswersForListedHosts() {
    try (var postfix = postfix("")) {
      String cidr = "cidr:" + table;
      assertThat(postfix.postmap("192.0.2.7", cidr)).contains("backscatterer");
      assertThat(postfix.postmap("192.0.2.8", cidr)).isEmpty();
      assertThat(postfix.postmap("2001:db8:1:2:ffff::1", cidr)).contains("backscatterer");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2, '', true",
    "127.0.0.2, postmaster@foreign.test, true",
    "127.0.0.2, friend@foreign.test, false",
    "127.0.0.3, '', false",
    "127.0.0.3, postmaster@foreign.test, false",
  })
  void onlyBouncesOfListedHostsAreMarked(String client, String sender, boolean marked) {
    try (var postfix = postfix("")) {
      try (var smtp = new SmtpClient(client, postfix.port())) {
        smtp.send(sender, "user@ours.test", "Subject: a letter\n\nHello.\n");
      }
      Letter letter = postfix.letter("user", "Subject: a letter");
      assertThat(letter.fields("Backscatterer")).hasSize(marked ? 1 : 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "postmaster@foreign.test"})
  void orRefused(String sender) {
    String refuse =
        DocumentedLines.startingWith(PAGE, "backscatterer = check_client_access static:{R");
    try (var postfix = postfix(refuse);
        var listed = new SmtpClient(SmtpClient.STRANGER, postfix.port());
        var other = new SmtpClient("127.0.0.3", postfix.port())) {
      listed.expect("250", "MAIL FROM:<" + sender + ">");
      listed.expect("554 5.7.1", "RCPT TO:<user@ours.test>");
      listed.expect("250", "RSET");
      listed.expect("250", "MAIL FROM:<friend@foreign.test>");
      listed.expect("250", "RCPT TO:<user@ours.test>");
      other.expect("250", "MAIL FROM:<" + sender + ">");
      other.expect("250", "RCPT TO:<user@ours.test>");
    }
  }
}
