package dev.backstop.auth.authres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.mail.message.HeaderField;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8601 §2.2: writing and reading. */
class AuthenticationResultsTest {

  static HeaderField field(String value) {
    return new HeaderField("Authentication-Results", value.getBytes(UTF_8));
  }

  private static AuthenticationResults parsed(String value) {
    return AuthenticationResults.parse(field(value)).orElseThrow();
  }

  private static String oneLine(AuthenticationResults results) {
    return results.render().replace("\r\n", "");
  }

  @Test
  void rendered() {
    var results =
        new AuthenticationResults(
            "mx.example.com",
            List.of(
                MethodResult.of("spf", "pass").property("smtp", "mailfrom", "example.net"),
                MethodResult.of("dkim", "pass")
                    .property("header", "d", "example.net")
                    .property("header", "s", "s1")
                    .property("header", "a", "rsa-sha256"),
                MethodResult.of("dkim", "fail")
                    .reason("body hash did not verify")
                    .property("header", "d", "list.test"),
                MethodResult.of("dmarc", "pass")
                    .comment("aligned: spf (example.net)")
                    .property("header", "from", "example.net"),
                MethodResult.of("iprev", "pass").property("policy", "iprev", "2001:db8::1"),
                MethodResult.of("auth", "pass").property("smtp", "auth", "jane doe@example.net")));
    assertThat(results.render())
        .isEqualTo(
            """
            mx.example.com; spf=pass smtp.mailfrom=example.net;
             dkim=pass header.d=example.net header.s=s1 header.a=rsa-sha256; dkim=fail
             reason="body hash did not verify" header.d=list.test; dmarc=pass (aligned:
             spf \\(example.net\\)) header.from=example.net; iprev=pass
             policy.iprev="2001:db8::1"; auth=pass smtp.auth="jane doe@example.net"\
            """
                .replace("\n", "\r\n"));
    assertThat(AuthenticationResults.parse(field(" " + results.render()))).contains(results);
  }

  @Test
  void nothingAuthenticated() {
    var none = new AuthenticationResults("example.org", List.of());
    assertThat(none.render()).isEqualTo("example.org; none");
    assertThat(parsed("example.org; none")).isEqualTo(none);
  }

  // No value of a stranger leaves its place.
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          example.net ~ example.net
          jane@example.net ~ jane@example.net
          @example.net ~ @example.net
          a=b/c@example.net ~ a=b/c@example.net
          a b ~ "a b"
          x;dkim=pass ~ "x;dkim=pass"
          x\\r\\n dkim=pass ~ "x dkim=pass"
          a"b\\c ~ "a\\"b\\\\c"
          a(b)c@example.net ~ "a(b)c@example.net"
          "a b"@example.net ~ "\\"a b\\"@example.net"
          a@b@c ~ "a@b@c"
          müller@example.net ~ m?ller@example.net
          `` ~ ""
          """)
  void valuesStayInTheirPlace(String value, String written) {
    String text = value.replace("\\r\\n", "\r\n");
    var result = MethodResult.of("spf", "pass").property("smtp", "mailfrom", text);
    var all = new AuthenticationResults("mx.test", List.of(result));
    assertThat(oneLine(all)).isEqualTo("mx.test; spf=pass smtp.mailfrom=" + written);
    assertThat(parsed(all.render())).isEqualTo(all);
  }

  @Test
  void commentsAndReasonsStayInTheirPlace() {
    var result =
        MethodResult.of("dmarc", "fail")
            .comment(") ; dkim=pass\r\nX: y (\\")
            .reason("a\0\"b\\\u00e9");
    var all = new AuthenticationResults("mx.test", List.of(result));
    assertThat(oneLine(all))
        .isEqualTo("mx.test; dmarc=fail (\\) ; dkim=pass X: y \\(\\\\) reason=\"a?\\\"b\\\\?\"");
    assertThat(parsed(all.render())).isEqualTo(all);
  }

  @Test
  void bounds() {
    var result =
        MethodResult.of("dkim", "fail").comment("\\".repeat(1000)).reason("\"".repeat(999));
    for (int i = 0; i < 30; i++) {
      result = result.property("header", "d", "\"".repeat(1000));
    }
    var all = new AuthenticationResults("x".repeat(999), Collections.nCopies(99, result));
    assertThat(all.results()).hasSize(AuthenticationResults.MAX_RESULTS);
    assertThat(all.results().getFirst().properties()).hasSize(MethodResult.MAX_PROPERTIES);
    for (String line : all.render().split("\r\n", -1)) {
      assertThat(line.length()).isLessThan(998); // RFC 5322 §2.1.1
    }
    assertThat(parsed(all.render())).isEqualTo(all);
    assertThatThrownBy(() -> MethodResult.of("d kim", "pass"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AuthenticationResults(" ", List.of()))
        .hasMessage("no authserv-id");
  }

  /** A fold within a quoted identifier is no part of it. */
  @Test
  void foldedIdentifier() {
    var words = "word ".repeat(30).strip();
    var all = new AuthenticationResults(words, List.of());
    assertThat(all.render()).contains("word\r\n word");
    assertThat(parsed(all.render())).isEqualTo(all);
    assertThat(AuthenticationResults.claims(field(all.render()), words)).isTrue();
  }

  // RFC 8601 appendix B, and fields as large hosts write them; read and written again.
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          # B.2 to B.6
          example.org 1; none ~ example.org; none
          example.com;\\n spf=pass smtp.mailfrom=example.net ~ example.com; spf=pass smtp.mailfrom=example.net
          example.com; auth=pass (cram-md5) smtp.auth=sender@example.net; spf=pass smtp.mailfrom=example.net ~ example.com; auth=pass (cram-md5) smtp.auth=sender@example.net; spf=pass smtp.mailfrom=example.net
          example.com; iprev=pass policy.iprev=192.0.2.200 ~ example.com; iprev=pass policy.iprev=192.0.2.200
          example.com; dkim=pass reason="good signature" header.i=@mail-router.example.net; dkim=fail reason="bad signature" header.i=@newyork.example.com ~ example.com; dkim=pass reason="good signature" header.i=@mail-router.example.net; dkim=fail reason="bad signature" header.i=@newyork.example.com
          # comments and blanks wherever they may stand
          foo.example.net (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait for it) fail policy (A dot can go here) . (like that) expired (this surprised me) = (as I wasn't expecting it) 1362471462 ~ foo.example.net; dkim=fail (A dot can go here) policy.expired=1362471462
          # large hosts
          mx.google.com; dkim=pass header.i=@example.com header.s=a header.b=Xy/Z+a=; spf=pass (google.com: domain of a@b.com designates 192.0.2.1 as permitted sender) smtp.mailfrom=a@b.com; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=example.com ~ mx.google.com; dkim=pass header.i=@example.com header.s=a header.b="Xy/Z+a="; spf=pass (google.com: domain of a@b.com designates 192.0.2.1 as permitted sender) smtp.mailfrom=a@b.com; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=example.com
          x.test; dmarc=pass action=none header.from=example.com;compauth=pass reason=100 ~ x.test; dmarc=pass header.from=example.com; compauth=pass reason=100
          # case
          EXAMPLE.com; SPF=Pass SMTP.MailFrom=Example.NET ~ EXAMPLE.com; spf=pass smtp.mailfrom=Example.NET
          # what is not in the grammar is left out
          x.test; spf; =pass; dkim=; dmarc=pass; a b=c ~ x.test; dmarc=pass
          x.test; dkim/2=pass; spf/1=pass ~ x.test; spf=pass
          x.test; spf=pass "header.d=x"; dkim=pass header.=x .d=x header.d ~ x.test; spf=pass; dkim=pass
          x.test;;; none; ; spf=none; ~ x.test; spf=none
          x.test; spf=pass (a;b (c) \\) d) smtp.helo="a;b" ~ x.test; spf=pass (a;b \\(c\\) \\) d) smtp.helo="a;b"
          x.test ~ x.test; none
          """)
  void read(String value, String read) {
    assertThat(oneLine(parsed(value.replace("\\n", "\r\n")))).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "; spf=pass",
        "x.test 2; spf=pass",
        "spf=pass; dkim=pass",
        "a b; spf=pass",
        "\"\"; spf=pass",
        "\"x.test; spf=pass",
        "(x.test; spf=pass",
        "a@b; spf=pass"
      })
  void unreadable(String value) {
    assertThat(AuthenticationResults.parse(field(value))).isEmpty();
  }

  @Test
  void otherNamesAreOtherFields() {
    byte[] value = "x.test; spf=pass".getBytes(UTF_8);
    for (String name :
        List.of("X-Authentication-Results", "ARC-Authentication-Results", "Received")) {
      assertThat(AuthenticationResults.parse(new HeaderField(name, value))).isEmpty();
      assertThat(AuthenticationResults.claims(new HeaderField(name, value), "x.test")).isFalse();
    }
    assertThat(AuthenticationResults.parse(new HeaderField("AUTHENTICATION-results ", value)))
        .isPresent();
  }
}
