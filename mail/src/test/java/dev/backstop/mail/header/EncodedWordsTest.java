package dev.backstop.mail.header;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // RFC 2047 §8
        "=?ISO-8859-1?Q?a?=                     | a",
        "=?ISO-8859-1?Q?a?= b                   | a b",
        "=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=  | ab",
        "=?ISO-8859-1?Q?a_b?=                   | a b",
        "=?UTF-8?B?R3LDvMOfZQ==?=               | Grüße",
        "=?utf-8?q?Gr=C3=BC=C3=9Fe?=            | Grüße",
        // a character split between words, in any case of the charset's name
        "=?utf-8?q?Gr=C3?= =?utf-8?q?=BCn?=     | Grün",
        "=?UTF-8?B?R3LD?==?utf-8?B?vG4=?=       | Grün",
        // RFC 2231 §5
        "=?utf-8*de?q?ja?=                      | ja",
        "x =?iso-8859-1?q?=E9?= y               | x é y",
        // lies and names that the runtime does not know
        "=?us-ascii?q?=C3=A9?=                  | é",
        "=?unknown-8bit?q?=E9?=                 | é",
        "=?utf-7?q?A+ImIDkQ-.?=                 | A≢Α.",
        "=?iso-2022-jp?B?GyRCRnwbKEI=?=         | 日",
        // broken: blanks inside, padding or end missing, raw characters
        "=?utf-8?q?a b?= c                      | a b c",
        "=?utf-8?B?R3LDvM OfZQ?=                | Grüße",
        "=?utf-8?B?R3LDvMOfZ?=                  | Grüß",
        "=?utf-8?q?a                            | a",
        "=?utf-8?q?a?                           | a",
        "=?utf-8?q?a =?utf-8?q?b?=              | a b",
        "=?utf-8?b?YQ===?= c                    | a c",
        "=?utf-8?q?ü😀=3F?=                      | ü😀?",
        "=?iso-8859-1?q?=FFü€=FF?=              | ÿü€ÿ",
        "=?utf-7?q?ü?= =?utf-7?q?+-€?=          | ü+€",
        "=?utf-8?q??= =?utf-8?q?a?=             | a",
        "=?utf-8?q?=?=                          | =",
        "=?utf-8?q?=C?=                         | =C",
        "=?utf-8?q??= a                         | ~ a~",
        // what does not decode stays
        "=?nocharset?q?a?=                      | =?nocharset?q?a?=",
        "=?utf-8?x?a?=                          | =?utf-8?x?a?=",
        "=?utf-8?qq?a?=                         | =?utf-8?qq?a?=",
        "=?utf-8?b?**?=                         | =?utf-8?b?**?=",
        "a =?                                   | a =?",
        "=?utf-8                                | =?utf-8",
        "=?utf-8?                               | =?utf-8?",
        "=?utf-8?q                              | =?utf-8?q",
      })
  void encodedWords(String text, String decoded) {
    assertThat(EncodedWords.decode(text)).isEqualTo(decoded);
  }

  /** Each would take minutes if anything were quadratic. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "=?",
        "=?a?q?",
        "=?utf-8?q?",
        "=?utf-8?b?",
        "=?utf-8?q?a?= ",
        "=?utf-8?x?a",
        "?",
        "=?utf-8*",
        "=?utf-8?q?=?=",
        "=?nocharset?q?a?= "
      })
  void hostileTexts(String unit) {
    assertThat(EncodedWords.decode(unit.repeat((2 << 20) / unit.length()))).isNotNull();
  }

  @FuzzTest(maxDuration = "60s")
  void decodesAnyText(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    assertThat(EncodedWords.decode(text).length()).isLessThanOrEqualTo(text.length());
    String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
    assertThat(EncodedWords.decode("=?utf-8?b?" + base64 + "?=")).isEqualTo(bare);
  }
}
