package dev.backstop.auth.dkim;

import static dev.backstop.auth.dkim.TestMail.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagListTest {

  /** RFC 6376 §3.2: values of the tag {@code a}; {@code _} is a blank, {@code ^} a fold. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=x         | x",
        "a=x;        | x",
        "_a_=_x_;_   | x",
        "^a^=^x^;^   | x",
        "b=1;a=x;c=2 | x",
        "a=x_^_y     | x_^_y",
        "a=          | ''",
        "a=_;        | ''",
        "a==x        | =x",
        "A=1;a=x     | x",
      })
  void values(String list, String value) throws Exception {
    assertThat(TagList.parse(bytes(blanks(list))).text("a")).contains(blanks(value));
  }

  private static String blanks(String text) {
    return text.replace("_", " ").replace("^", "\r\n\t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ";",
        "a",
        "a;",
        "=x",
        "a=x;;",
        "a=x; ;b=y",
        "1a=x",
        "_a=x",
        "a b=x",
        "a=x;b",
        "a=x;a=y",
        "a=\0",
        "a=\u007f",
        "\u00e9=x",
        "a=1;b=2;a=1"
      })
  void malformed(String list) {
    assertThatThrownBy(() -> TagList.parse(bytes(list))).isInstanceOf(DkimSyntaxException.class);
  }

  @Test
  void bounds() throws Exception {
    String tags =
        IntStream.range(0, TagList.MAX_TAGS)
            .mapToObj(i -> "a" + i + "=x")
            .collect(Collectors.joining(";"));
    assertThat(TagList.parse(bytes(tags)).text("a63")).contains("x");
    assertThatThrownBy(() -> TagList.parse(bytes(tags + ";b=x"))).hasMessage("more than 64 tags");
    assertThatThrownBy(() -> TagList.parts("a:b:c", 2)).hasMessage("a list of more than 2 parts");
  }

  /** What a stranger wrote goes into a log. */
  @Test
  void reasonsAreShortAndPrintable() {
    String name = "a".repeat(1000);
    assertThatThrownBy(() -> TagList.parse(bytes(name + "=1;" + name + "=1")))
        .hasMessage("tag " + "a".repeat(40) + "…= twice");
    assertThat(TagList.shortened("a\r\nb\u00e9")).isEqualTo("a??b?");
  }

  /** RFC 8616 §5. */
  @Test
  void utf8() throws Exception {
    byte[] list = "a=bücher.example".getBytes(StandardCharsets.UTF_8);
    assertThat(TagList.parse(list).text("a")).contains("bücher.example");
  }

  @Test
  void base64WithBlanks() throws Exception {
    assertThat(TagList.parse(bytes("b= Y W\r\n Jj ")).octets("b")).isEqualTo(bytes("abc"));
    for (String bad : new String[] {"b=Y", "b=YWJj*", "b=YW=Jj", "c=YWJj"}) {
      assertThatThrownBy(() -> TagList.parse(bytes(bad)).octets("b"))
          .isInstanceOf(DkimSyntaxException.class);
    }
  }

  /** RFC 6376 §3.7: with the blanks around it, and not those of other tags. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1;_b=xyz;_c=2 | a=1;_b=;_c=2",
        "a=1;_b_=^x^y^   | a=1;_b_=",
        "bh=b;b=x;       | bh=b;b=;",
        "b=              | b=",
        "a=1             | a=1",
      })
  void without(String list, String rest) throws Exception {
    assertThat(TagList.parse(bytes(blanks(list))).without("b")).isEqualTo(bytes(blanks(rest)));
  }
}
