package dev.backstop.cli.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstop.cli.auth.request.RequestReader;
import dev.backstop.testkit.dns.DnsServer;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The openspf suite as a user would run it: a batch, and name servers asked over the network. */
@Timeout(300)
class SpfSuiteTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final List<String> wrong = new ArrayList<>();
  private int count;

  @Test
  void allOfItThroughBatches() throws Exception {
    Path file = SpfSuite.file();
    if (file == null) {
      System.out.println("spf suite in batches: skipped, ../shared/suites/spf is not there");
    }
    assumeTrue(file != null);
    for (SpfSuite.Scenario scenario : SpfSuite.read(file)) {
      try (DnsServer server = DnsServer.start(scenario.zone())) {
        Iterator<JsonNode> answers = ask(scenario, server).iterator();
        scenario.cases().forEach((name, test) -> judge(name, test, answers.next()));
        assertThat(answers).isExhausted();
      }
    }
    System.out.println("spf suite in batches: " + (count - wrong.size()) + " of " + count);
    assertThat(wrong).isEmpty();
    assertThat(count).isEqualTo(203);
  }

  private static List<JsonNode> ask(SpfSuite.Scenario scenario, DnsServer server) throws Exception {
    var command = new AuthCommand();
    new CommandLine(command).parseArgs("--dns", "127.0.0.1:" + server.address().getPort());
    var lines = new StringBuilder();
    scenario.cases().forEach((name, test) -> lines.append(request(name, test)).append('\n'));
    var out = new StringWriter();
    var err = new StringWriter();
    var delivery = new Delivery(new PrintWriter(out), new PrintWriter(err), "backstop auth");
    var batch = new Batch(command.options.judge(delivery), new RequestReader(Optional.of("spf")));
    assertThat(batch.run(new ByteArrayInputStream(("" + lines).getBytes(UTF_8)), delivery))
        .as("%s %s", out, err)
        .isZero();
    return out.toString().lines().map(JSON::readTree).toList();
  }

  private static String request(String name, Map<?, ?> test) {
    ObjectNode request = JSON.createObjectNode().put("id", name);
    String sender = "" + test.get("mailfrom");
    request.put("ip", "" + test.get("host")).put("helo", "" + test.get("helo"));
    return request.put("from", sender.isEmpty() ? "<>" : sender).toString();
  }

  private void judge(String name, Map<?, ?> test, JsonNode answer) {
    count++;
    Object result = test.get("result");
    // Where there are several the suite says why: name servers may join records that are the same.
    List<?> expected = result instanceof List<?> several ? several : List.of("" + result);
    boolean right =
        answer.path("id").stringValue().equals(name)
            && expected.contains(answer.path("result").asString(""))
            && isExplained(test.get("explanation"), answer.path("explanation").asString(""));
    if (!right) {
      wrong.add(name + ": " + answer);
    }
  }

  private static boolean isExplained(@Nullable Object expected, String explanation) {
    return expected == null
        || (expected.equals("DEFAULT") ? !explanation.isEmpty() : explanation.equals(expected));
  }
}
