package dev.backstop.cli.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.testkit.dns.DnsServer;
import dev.backstop.testkit.dns.Zone;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command as it is typed, and a name server that it asks over the network. */
@Timeout(120)
class AuthCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Zone zone =
      new Zone()
          .txt("example.com", "v=spf1 ip4:192.0.2.0/24 -all")
          .txt("mx.example.com", "v=spf1 ip4:192.0.2.25 -all")
          .txt("_dmarc.example.com", "v=DMARC1; p=reject");

  private int auth(String... arguments) {
    var line = new CommandLine(new AuthCommand());
    return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }

  private JsonNode asked(String... arguments) throws IOException {
    try (DnsServer server = DnsServer.start(zone)) {
      InetSocketAddress address = server.address();
      List<String> all = new ArrayList<>(List.of(arguments));
      all.addAll(List.of("--json", "--dns", "127.0.0.1:" + address.getPort()));
      assertThat(auth(all.toArray(String[]::new))).isEqualTo(ExitStatus.DONE);
      return new JsonMapper().readTree(out.toString());
    }
  }

  @Test
  void spfOfASender() throws IOException {
    JsonNode answer = asked("spf", "--ip", "203.0.113.1", "--from", "a@example.com");
    assertThat(answer.path("result").stringValue()).isEqualTo("fail");
    assertThat(answer.path("mechanism").stringValue()).isEqualTo("-all");
  }

  @Test
  void spfOfTheNullSenderAndOfHelo() throws IOException {
    String[] client = {"spf", "--ip", "192.0.2.25", "--helo", "mx.example.com"};
    assertThat(asked(client).path("identity").stringValue()).isEqualTo("helo");
    out.getBuffer().setLength(0);
    JsonNode bounce =
        asked("spf", "--ip", "192.0.2.25", "--helo", "mx.example.com", "--from", "<>");
    assertThat(bounce.path("identity").stringValue()).isEqualTo("mailfrom");
    assertThat(bounce.path("result").stringValue()).isEqualTo("pass");
  }

  @Test
  void dmarcOfAnAuthor() throws IOException {
    JsonNode answer = asked("dmarc", "--author", "example.com", "--spf-pass", "b.example.com");
    assertThat(answer.path("result").stringValue()).isEqualTo("pass");
    assertThat(answer.path("published").path("p").stringValue()).isEqualTo("reject");
  }

  @Test
  void messageOfAClient() throws IOException {
    Path file = folder.resolve("a.eml");
    Files.writeString(file, SignedMail.HEADER + "\n" + SignedMail.BODY);
    JsonNode answer =
        asked("message", "--ip", "192.0.2.1", "--from", "a@example.com", file.toString());
    assertThat(answer.path("spf").path("result").stringValue()).isEqualTo("pass");
    assertThat(answer.path("dmarc").path("result").stringValue()).isEqualTo("pass");
  }

  @Test
  void messageWhoseBodyIsNotWanted() throws IOException {
    Path file = folder.resolve("a.eml");
    Files.writeString(file, SignedMail.HEADER + "\n" + SignedMail.BODY);
    JsonNode answer = asked("message", "--header-only", file.toString());
    assertThat(answer.path("body").stringValue()).isEqualTo("not-wanted");
    assertThat(answer.path("headerOnly").booleanValue()).isTrue();
  }

  @Test
  void keysThatCannotBeReadAreDoneWithout() throws IOException {
    Files.writeString(folder.resolve("dkim.json"), "not JSON");
    asked("dmarc", "--author", "example.com", "--data", folder.toString());
    assertThat(err.toString()).contains("dkim.json", "are not recognised");
  }

  @Test
  void aServerThatIsNotThereIsATemporaryError() {
    // nobody listens on port 1
    assertThat(auth("spf", "--ip", "192.0.2.1", "--from", "a@b.example", "--dns", "127.0.0.1:1"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(out.toString()).contains("spf       temperror");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "spf",
        "spf --ip 192.0.2.1 --from",
        "spf --ip mx.example.com --from a@example.com",
        "spf --ip 192.0.2.1 --from a",
        "spf --ip 192.0.2.1 --from < >",
        "spf --from a@example.com",
        "spf --ip 192.0.2.1 --dns localhost",
        "spf --batch --ip 192.0.2.1",
        "message",
        "message --from a@example.com x.eml",
        "message --ip 192.0.2.1 x.eml",
        "message --batch x.eml",
        "dmarc",
        "dmarc --author a@example.com",
        "dmarc --batch --author example.com",
      })
  void wrongUsageIs64(String arguments) {
    String[] words =
        arguments.isEmpty() ? new String[0] : arguments.replace("< >", "<_>").split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].replace("<_>", "< >");
    }
    assertThat(auth(words)).isEqualTo(ExitStatus.USAGE);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).isNotEmpty();
  }

  @Test
  void noneOfTheFilesIs66() {
    assertThat(auth("message", "/nowhere.eml")).isEqualTo(ExitStatus.NO_INPUT);
  }
}
