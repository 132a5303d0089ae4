package dev.backstop.auth.authres;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.mail.message.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class AuthresFuzzTest {

  private static HeaderField field(String value) {
    return new HeaderField(
        AuthenticationResults.FIELD_NAME, value.getBytes(StandardCharsets.UTF_8));
  }

  /** What a stranger wrote is read, written in our way, and read again as the same. */
  @FuzzTest(maxDuration = "60s")
  void whatParsesRendersToItself(byte[] bytes) {
    var field = new HeaderField(AuthenticationResults.FIELD_NAME, bytes);
    AuthenticationResults.parse(field).ifPresent(AuthresFuzzTest::survives);
    AuthenticationResults.claims(field, "mx.example.com");
  }

  /** Whatever is put into a value, the field has one meaning and is recognised as ours. */
  @FuzzTest(maxDuration = "60s")
  void whatRendersParsesToItself(FuzzedDataProvider data) {
    String id = "x" + data.consumeString(40);
    List<MethodResult> results = new ArrayList<>();
    for (int i = data.consumeInt(0, 4); i > 0; i--) {
      MethodResult result =
          MethodResult.of("dkim", "fail")
              .comment(data.consumeString(100))
              .reason(data.consumeString(100));
      for (int j = data.consumeInt(0, 3); j > 0; j--) {
        result = result.property("header", "d", data.consumeString(100));
      }
      results.add(result);
    }
    survives(new AuthenticationResults(id, results));
  }

  private static void survives(AuthenticationResults results) {
    String value = results.render();
    assertThat(AuthenticationResults.parse(field(value))).contains(results);
    assertThat(AuthenticationResults.claims(field(value), results.authservId())).isTrue();
    for (String line : value.split("\r\n", -1)) {
      assertThat(line).matches("[ -~]{1,998}").isNotBlank();
    }
  }

  /** Our name behind anything that is no beginning of another's field. */
  @FuzzTest(maxDuration = "60s")
  void oursIsFound(FuzzedDataProvider data) {
    String comment = data.consumeString(50).replaceAll("[()\\\\\r\n]", "");
    String rest = data.consumeRemainingAsString();
    assertThat(
            AuthenticationResults.claims(
                field("(" + comment + ") mx.Example.com (" + comment + ");" + rest),
                "mx.example.com"))
        .isTrue();
    assertThat(AuthenticationResults.claims(field(rest + "\nmx.example.com;"), "mx.example.com"))
        .isTrue();
  }
}
