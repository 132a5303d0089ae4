package dev.backstop.auth.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BodyCanonicalizerTest {
  /** Bodies, and what the two canonicalizations make of them. */
  static List<List<String>> bodies() {
    return List.of(
        // RFC 6376 §3.4.5
        List.of(" C \r\nD \t E\r\n\r\n\r\n", " C \r\nD \t E\r\n", " C\r\nD E\r\n"),
        // RFC 6376 §3.4.3: no body is one line end, §3.4.4: or nothing
        List.of("", "\r\n", ""),
        List.of("\r\n", "\r\n", ""),
        List.of("\r\n\r\n\r\n", "\r\n", ""),
        List.of(" \t\r\n\t\r\n", " \t\r\n\t\r\n", ""),
        // a line end is added where none is
        List.of("a", "a\r\n", "a\r\n"),
        List.of("a \t", "a \t\r\n", "a\r\n"),
        List.of("\r\n\r\na", "\r\n\r\na\r\n", "\r\n\r\na\r\n"),
        // empty lines in between stay
        List.of("a\r\n\r\n\r\nb\r\n\r\n", "a\r\n\r\n\r\nb\r\n", "a\r\n\r\n\r\nb\r\n"),
        List.of("a\r\n \r\n b\r\n", "a\r\n \r\n b\r\n", "a\r\n\r\n b\r\n"),
        // LF alone is a line end, CR alone is not
        List.of("a\nb \n\n", "a\r\nb \r\n", "a\r\nb\r\n"),
        List.of("a\r\nb\n\r\nc", "a\r\nb\r\n\r\nc\r\n", "a\r\nb\r\n\r\nc\r\n"),
        List.of("a \rb\r\r\n", "a \rb\r\r\n", "a \rb\r\r\n"),
        List.of("\r", "\r\r\n", "\r\r\n"),
        List.of("a \r", "a \r\r\n", "a \r\r\n"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void bodiesOfThePassages(List<String> row) {
    check(Canonicalization.SIMPLE, row.get(0), row.get(1));
    check(Canonicalization.RELAXED, row.get(0), row.get(2));
  }

  /** The whole, and every cut into three. */
  private static void check(Canonicalization form, String body, String expected) {
    assertThat(PlainCanonicalization.body(form, body)).isEqualTo(expected);
    byte[] hash = PlainCanonicalization.hash(expected);
    for (int i = 0; i <= body.length(); i++) {
      for (int j = i; j <= body.length(); j++) {
        BodyDigest digest = new BodyDigest(List.of(), true);
        var canonicalizer = new BodyCanonicalizer(form, digest);
        byte[] bytes = TestMail.bytes(body);
        canonicalizer.update(bytes, 0, i);
        canonicalizer.update(bytes, i, j - i);
        canonicalizer.update(bytes, j, bytes.length - j);
        canonicalizer.finish();
        assertThat(digest.hash(OptionalLong.empty()))
            .as("%s of %s cut at %d and %d", form, body.replace("\r", "CR"), i, j)
            .isEqualTo(hash);
        assertThat(digest.length()).isEqualTo(expected.length());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyBodyInAnyPieces(Canonicalization form) {
    var random = new Random(6376);
    for (int round = 0; round < 3000; round++) {
      String body = body(random, "ab.\u00e9\u0001 \t\r\n\n \r", random.nextInt(14));
      check(form, body, PlainCanonicalization.body(form, body));
    }
  }

  /** Long runs go eight octets at a time. */
  @ParameterizedTest
  @EnumSource
  void longLinesInAnyPieces(Canonicalization form) {
    var random = new Random(8463);
    for (int round = 0; round < 60; round++) {
      var body = new StringBuilder();
      while (body.length() < 50) {
        body.append(body(random, "abcdefgh\u00ff\u0080~!", random.nextInt(20)))
            .append(body(random, " \t\r\n", random.nextInt(4)));
      }
      String text = body.toString();
      check(form, text, PlainCanonicalization.body(form, text));
    }
  }

  private static String body(Random random, String alphabet, int length) {
    var body = new StringBuilder();
    for (int i = 0; i < length; i++) {
      body.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return body.toString();
  }

  @ParameterizedTest
  @EnumSource
  void moreEmptyLinesThanAnyBuffer(Canonicalization form) {
    String body = "a" + "\n".repeat(5000) + "b" + "\r\n".repeat(5000);
    BodyDigest digest = new BodyDigest(List.of(), true);
    var canonicalizer = new BodyCanonicalizer(form, digest);
    canonicalizer.update(TestMail.bytes(body), 0, body.length());
    canonicalizer.finish();
    assertThat(digest.hash(OptionalLong.empty()))
        .isEqualTo(PlainCanonicalization.hash(PlainCanonicalization.body(form, body)));
  }

  /** Beginnings of every length, all in one pass. */
  @Test
  void hashesOfBeginnings() {
    String body = "a \r\n\r\n  b\r\nc\r\n\r\n";
    String canonical = PlainCanonicalization.body(Canonicalization.RELAXED, body);
    List<Long> lengths = new ArrayList<>();
    for (long i = canonical.length() + 1L; i >= 0; i--) {
      lengths.add(i);
    }
    for (boolean whole : List.of(true, false)) {
      BodyDigest digest = new BodyDigest(lengths, whole);
      var canonicalizer = new BodyCanonicalizer(Canonicalization.RELAXED, digest);
      canonicalizer.update(TestMail.bytes(body), 0, body.length());
      canonicalizer.finish();
      for (int i = 0; i <= canonical.length(); i++) {
        assertThat(digest.hash(OptionalLong.of(i)))
            .isEqualTo(PlainCanonicalization.hash(canonical.substring(0, i)));
      }
      assertThat(digest.hash(OptionalLong.of(canonical.length() + 1))).isEmpty();
      assertThat(digest.length()).isEqualTo(canonical.length());
    }
  }
}
