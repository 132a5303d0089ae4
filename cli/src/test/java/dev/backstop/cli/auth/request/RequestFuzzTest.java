package dev.backstop.cli.auth.request;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.cli.auth.print.AnswerJson;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RequestFuzzTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** Whatever stands in a line, it is understood or refused with a line that is JSON. */
  @FuzzTest(maxDuration = "60s")
  void everyLineHasAnAnswer(byte[] line) {
    // files and pipes of this machine are no business of the fuzzer
    String text = new String(line, US_ASCII);
    if (text.contains("file") || text.contains("\\u")) {
      return;
    }
    Parsed parsed = new RequestReader(Optional.of("spf")).read(line);
    String id = parsed.id().orElse("null");
    String error = parsed instanceof Parsed.Bad bad ? bad.error() : "";
    String answer = AnswerJson.error(parsed.id(), 1, error);
    if (answer.indexOf('\n') >= 0 || !answer.chars().allMatch(c -> c >= ' ' && c < 0x80)) {
      throw new AssertionError("not one line of ASCII: " + answer);
    }
    JsonNode read = JSON.readTree(answer);
    if (!read.path("error").stringValue().equals(error) || !read.has("id") || id.isEmpty()) {
      throw new AssertionError("not what was said: " + answer);
    }
  }
}
