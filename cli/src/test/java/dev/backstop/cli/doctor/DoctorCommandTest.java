package dev.backstop.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.cli.check.print.Style;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.testkit.dns.DnsServer;
import dev.backstop.testkit.dns.FakeResolver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class DoctorCommandTest {
  @TempDir Path data;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** In this process, with a map for a resolver. */
  private int doctor(Style style, String... arguments) throws Exception {
    var command = new DoctorCommand((_, _) -> new FakeResolver(Zones.zone()));
    var line = new CommandLine(command);
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of("--data", data.toString()));
    all.addAll(List.of(arguments));
    line.parseArgs(all.toArray(String[]::new));
    return command.run(style);
  }

  private int doctor(String... arguments) throws Exception {
    return doctor(Style.PLAIN, arguments);
  }

  @ParameterizedTest
  @CsvSource({
    // by the worst finding
    "0, --no-blocklists good.example",
    "0, --no-blocklists null.example",
    "3, --no-blocklists example.com",
    "3, --no-blocklists nowhere.example",
    "4, --no-blocklists mute.example",
    "4, good.example",
    // of all domains
    "3, --no-blocklists good.example example.com",
    "4, --no-blocklists mute.example good.example",
    // a selector that has no key
    "3, --no-blocklists --selector none good.example",
    "0, --no-blocklists --selector default good.example",
    // a list that answers
    "0, --blocklist bl.spamcop.net good.example",
    "4, --blocklist zen.spamhaus.org good.example",
    // warnings only
    "2, --no-blocklists warned.example",
  })
  void endsWithTheWorst(int status, String arguments) throws Exception {
    assertThat(doctor(arguments.split(" "))).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example",
        "user@example.com",
        "exa mple.com",
        "--selector a/b example.com",
        "--selector  example.com",
        "--no-blocklists --blocklist bl.example.com example.com",
        "--blocklist bl example.com",
      })
  void wrongUsage(String arguments) {
    String[] words =
        arguments.equals("exa mple.com") ? new String[] {arguments} : arguments.split(" ");
    assertThatThrownBy(() -> doctor(words))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.status()).isEqualTo(ExitStatus.USAGE));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aDomainIsTakenInAnyCaseAndOnlyOnce() throws Exception {
    doctor("--no-blocklists", "GOOD.example.", "good.example");
    assertThat(out.toString()).containsOnlyOnce("good.example: all in order.");
  }

  @Test
  void severalDomainsArePartedByALine() throws Exception {
    doctor("--no-blocklists", "good.example", "null.example");
    assertThat(out.toString()).contains("good.example: all in order.\n\nnull.example\n");
  }

  @Test
  void overTheNetwork() throws IOException {
    try (DnsServer server = DnsServer.start(Zones.zone())) {
      var line = new CommandLine(new DoctorCommand());
      line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
      int status =
          line.execute(
              "--json",
              "--data",
              data.toString(),
              "--dns",
              "127.0.0.1:" + server.address().getPort(),
              "example.com");
      assertThat(err.toString()).isEmpty();
      assertThat(status).isEqualTo(ExitStatus.PROBLEMS);
      JsonNode report = new JsonMapper().readTree(out.toString());
      assertThat(report.path("findings").findValuesAsString("code"))
          .contains("host-is-alias", "target-has-no-record", "weak", "list-refuses", "listed");
    }
  }

  @Test
  void jsonOfADomain() throws Exception {
    doctor("--json", "--no-blocklists", "null.example");
    assertThat(out.toString())
        .isEqualTo(
            """
            {"domain":"null.example","worst":"ok",\
            "counts":{"ok":3,"note":0,"cannot-tell":0,"warning":0,"problem":0},\
            "findings":[\
            {"section":"mx","code":"null-mx","severity":"ok",\
            "text":"null.example says that it takes no mail (Null MX).","why":"","records":[]},\
            {"section":"spf","code":"valid","severity":"ok",\
            "text":"The record of null.example is valid, and a check needs 0 of at most 10 lookups.",\
            "why":"","records":[]},\
            {"section":"dmarc","code":"reject","severity":"ok",\
            "text":"Mail from null.example that fails DMARC is to be refused (reject).",\
            "why":"","records":[]}],\
            "spf":{"domain":"null.example","state":"published","record":"v=spf1 -all",\
            "lookups":0,"voidLookups":0,"terms":[]}}
            """);
  }

  @Test
  void jsonHasTheRecordsAndTheTree() throws Exception {
    doctor("--json", "--no-blocklists", "example.com");
    JsonNode report = new JsonMapper().readTree(out.toString());
    JsonNode alias =
        report
            .path("findings")
            .valueStream()
            .filter(finding -> finding.path("code").stringValue().equals("host-is-alias"))
            .findFirst()
            .orElseThrow();
    assertThat(alias.path("records").toString())
        .isEqualTo(
            "[{\"action\":\"remove\",\"name\":\"example.com\",\"type\":\"MX\","
                + "\"value\":\"30 mail.example.com.\","
                + "\"zone\":\"example.com. IN MX 30 mail.example.com.\"}]");
    JsonNode terms = report.path("spf").path("terms");
    assertThat(terms.findValuesAsString("term"))
        .contains("mx", "include:_spf.mailer.example", "include:a.mailer.example");
    assertThat(report.path("spf").path("lookups").intValue()).isEqualTo(6);
    assertThat(terms.get(0).path("addresses").get(0).stringValue()).isEqualTo("192.0.2.25");
  }
}
