package dev.backstop.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LetterTest {

  @Test
  void fieldsKeepTheirFoldsAndValuesAreFilledInOnce() {
    Letter letter =
        Letter.write("To: {to}\nX-Two: one\n\ttwo\n\nHello {to}\n", Map.of("to", "{to} & co"));
    assertThat(letter.header())
        .containsExactly(
            new Letter.Field("To", "{to} & co"), new Letter.Field("X-Two", "one\n\ttwo"));
    assertThat(letter.text()).isEqualTo("To: {to} & co\nX-Two: one\n\ttwo\n\nHello {to} & co\n");
    assertThat(letter.bodyOctets()).asString().isEqualTo("Hello {to} & co\r\n");
    assertThat(letter.without("x-two").field("X-Two")).isEmpty();
  }

  @Test
  void aForgottenValueIsAnError() {
    assertThatThrownBy(() -> Letter.write("To: {to}\n\n", Map.of()))
        .hasMessageContaining("no value for {to}");
  }
}
