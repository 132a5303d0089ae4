package dev.backstop.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.doctor.Doctor;
import dev.backstop.auth.doctor.Examination;
import dev.backstop.auth.doctor.Report;
import dev.backstop.auth.doctor.blocklist.Blocklist;
import dev.backstop.auth.doctor.blocklist.ListCode;
import dev.backstop.auth.doctor.dkim.KeyCode;
import dev.backstop.auth.doctor.dmarc.DmarcCode;
import dev.backstop.auth.doctor.finding.Code;
import dev.backstop.auth.doctor.finding.Severity;
import dev.backstop.auth.doctor.host.HostCode;
import dev.backstop.auth.doctor.mx.MxCode;
import dev.backstop.auth.doctor.spf.SpfCode;
import dev.backstop.cli.check.print.Style;
import dev.backstop.dns.DnsName;
import dev.backstop.testkit.dns.FakeResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/doctor.md is the contract with people and programs: it names all there is. */
class DoctorManualTest {
  private static final String MANUAL = manual();

  private static String manual() {
    try {
      Path root = Path.of(System.getProperty("backstop.root", ".."));
      return Files.readString(root.resolve("docs/doctor.md"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Report report() {
    return Doctor.examine(
        new FakeResolver(Zones.zone()), Examination.of(DnsName.of("example.com")));
  }

  /** The sample is what the command prints. */
  @Test
  void theSampleIsReal() {
    String sample =
        TextReport.of(report(), Style.PLAIN)
            .lines()
            .map(line -> line.isEmpty() ? "" : "    " + line)
            .collect(Collectors.joining("\n"));
    assertThat(MANUAL).contains("    $ backstop doctor example.com\n" + sample + "\n");
  }

  /** A row a section and severity, with the codes in the order of the enums. */
  @Test
  void theTableHasEveryCodeWithItsSeverity() {
    Stream.<Code[]>of(
            MxCode.values(),
            SpfCode.values(),
            KeyCode.values(),
            DmarcCode.values(),
            HostCode.values(),
            ListCode.values())
        .forEach(DoctorManualTest::assertRows);
  }

  private static void assertRows(Code[] codes) {
    for (Severity severity : Severity.values()) {
      String names =
          Arrays.stream(codes)
              .filter(code -> code.severity() == severity)
              .map(code -> "`" + code.text() + "`")
              .collect(Collectors.joining(", "));
      if (!names.isEmpty()) {
        assertThat(MANUAL)
            .contains(
                "| `%s` | `%s` | %s |\n"
                    .formatted(codes[0].section().text(), severity.text(), names));
      }
    }
  }

  @Test
  void namesEveryFieldOfJson() {
    List<String> names = fields(new JsonMapper().readTree(ReportJson.of(report())));
    assertThat(names)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(MANUAL).contains("`" + name + "`"));
  }

  private static List<String> fields(JsonNode node) {
    List<String> names = new ArrayList<>(node.propertyNames());
    node.forEach(child -> names.addAll(fields(child)));
    return names;
  }

  @Test
  void namesEveryOptionAndTheHelpShowsEachInAnExample() {
    var spec = new CommandLine(new DoctorCommand()).getCommandSpec();
    String examples = String.join("\n", spec.usageMessage().footer());
    assertThat(spec.optionsMap().keySet().stream().filter(name -> name.startsWith("--")))
        .allSatisfy(option -> assertThat(MANUAL).contains(option))
        .allSatisfy(option -> assertThat(examples).contains(option));
  }

  @Test
  void namesTheUsualLists() {
    assertThat(Blocklist.USUAL)
        .allSatisfy(list -> assertThat(MANUAL).contains("`" + list.zone() + "`"));
  }
}
