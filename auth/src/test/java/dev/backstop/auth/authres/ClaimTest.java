package dev.backstop.auth.authres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.message.HeaderField;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8601 §5: forged fields are found, others are left. Ours is mx.example.com. */
class ClaimTest {
  private static final String OURS = "mx.example.com";

  private static boolean claims(String value, String id) {
    return AuthenticationResults.claims(AuthenticationResultsTest.field(value), id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // in the grammar
        "mx.example.com; dkim=pass",
        " mx.example.com; dkim=pass",
        "MX.Example.COM; dkim=pass",
        "mx.example.com 1; dkim=pass",
        "mx.example.com 01; dkim=pass",
        "mx.example.com; none",
        "mx.example.com",
        "mx.example.com.; dkim=pass",
        "\"mx.example.com\"; dkim=pass",
        "\" mx.example.com \"; dkim=pass",
        "\"mx\\.example.c\\om\"; dkim=pass",
        "(x) mx.example.com (y) 1 (z); dkim=pass",
        "(a (b) \\) c)mx.example.com(d); dkim=pass",
        "\r\n\tmx.example.com\r\n ;\r\n dkim=pass",
        // other forms of the same letters (IDNA maps them)
        "ｍｘ.ｅxample.com; dkim=pass",
        "mx．example．com; dkim=pass",
        "mx。example。com; dkim=pass",
        "\"mx．example．com\"; dkim=pass",
        // versions that nobody knows must go, whoever they are from
        "other.test 2; dkim=pass",
        "other.test 0; dkim=pass",
        // not in the grammar, and our name is in it
        "mx.example.com dkim=pass",
        "mx.example.com, dkim=pass",
        "mx.example.com: dkim=pass",
        "mx.example.com/4; dkim=pass",
        "other.test mx.example.com; dkim=pass",
        "other.test 1 mx.example.com; dkim=pass",
        "= mx.example.com; dkim=pass",
        "<mx.example.com>; dkim=pass",
        "a@mx.example.com; dkim=pass",
        "\"mx.example.com; dkim=pass",
        "(mx.example.com; dkim=pass",
        "x(\"; mx.example.com; dkim=pass",
        "dkim=pass (mx.example.com)",
        "; mx.example.com; dkim=pass",
        "mx.example(x).com; dkim=pass",
        "mx(.example.com)mx.example.com; dkim=pass",
        "mx.example.com\0; dkim=pass",
        "mx.exam\0ple.com; dkim=pass",
        "mx.example.com\u00a0; dkim=pass",
        "\u200bmx.example.com; dkim=pass",
        "mx.exam\u200bple.com; dkim=pass",
        "mx.exam\u00adple.com; dkim=pass",
        "\ufeffmx.example.com; dkim=pass",
        "=?utf-8?q?mx.example.com?=; dkim=pass",
        "=?utf-8?B?bXguZXhhbXBsZS5jb20=?=; dkim=pass",
        "=?utf-8?q?mx=2Eexample=2Ecom?=; dkim=pass",
        // lines that are no folds: another field may begin there
        "other.test; none\rAuthentication-Results: mx.example.com; dkim=pass",
        "other.test; none\nmx.example.com; dkim=pass",
      })
  void ours(String value) {
    assertThat(claims(value, OURS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "other.test; dkim=pass",
        "example.com; dkim=pass",
        "a.mx.example.com; dkim=pass",
        "mx.example.com.evil.test; dkim=pass",
        "xmx.example.com; dkim=pass",
        // another's field may speak of us
        "other.test; dkim=pass header.d=mx.example.com",
        "other.test (mx.example.com) 1; none",
        "other.test; spf=pass (mx.example.com) smtp.helo=mx.example.com; mx.example.com",
        // broken, without our name
        "spf=pass smtp.mailfrom=example.net; dkim=none",
        "(((",
        "\"",
        "=?utf-8?q?other.test?=; dkim=pass",
      })
  void others(String value) {
    assertThat(claims(value, OURS)).isFalse();
  }

  @Test
  void identifiersOfOtherKinds() {
    assertThat(claims("example-auth; spf=pass", "Example-Auth")).isTrue();
    assertThat(claims("xn--bcher-kva.example; spf=pass", "bücher.example")).isTrue();
    assertThat(claims("bücher.example; spf=pass", "xn--bcher-kva.example")).isTrue();
    assertThat(claims("BÜCHER.example; spf=pass", "bücher.example")).isTrue();
    assertThat(claims("\"two words\"; spf=pass", "two words")).isTrue();
    assertThat(claims("x two words; spf=pass", "two words")).isTrue();
    assertThat(claims("a/b; spf=pass", "a/b")).isTrue();
    // … and broken
    assertThat(claims("x bücher.example; spf=pass", "xn--bcher-kva.example")).isTrue();
    assertThat(claims("x xn--bcher-kva.example; spf=pass", "bücher.example")).isTrue();
    assertThat(claims("x ＢÜＣＨＥＲ。example.; spf=pass", "bücher.example")).isTrue();
    assertThat(claims("x bücher.example.test; spf=pass", "bücher.example")).isFalse();
  }

  /** Octets that are no UTF-8 hide nothing. */
  @Test
  void brokenUtf8() {
    byte[] value = "mx.example.com\u00ff; dkim=pass".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(AuthenticationResults.claims(new HeaderField("Authentication-Results", value), OURS))
        .isTrue();
    byte[] within = "mx.exam\u00ffple.com; dkim=pass".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(
            AuthenticationResults.claims(new HeaderField("Authentication-Results", within), OURS))
        .isTrue();
  }
}
