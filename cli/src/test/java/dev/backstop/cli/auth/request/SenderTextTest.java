package dev.backstop.cli.auth.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.mail.address.NullReversePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenderTextTest {
  @Test
  void onlyThisIsTheNullSender() {
    assertThat(SenderText.parse("<>")).isEqualTo(NullReversePath.INSTANCE);
  }

  @ParameterizedTest
  @CsvSource({
    // as MAIL FROM has it
    "a@example.com, <a@example.com>",
    "<a@Example.COM>, <a@example.com>",
    "<@relay.example:a@example.com>, <a@example.com>",
    // what SPF has an answer for all the same (RFC 7208 4.3)
    "@example.com, <@example.com>",
    "a@b...example.com, <a@b...example.com>",
    "Macro Error@example.com, <Macro Error@example.com>",
  })
  void senders(String text, String path) {
    assertThat(SenderText.parse(text).toPath()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "< >",
        "<\"\">",
        "<@a:>",
        "@a:",
        "<()>",
        "<undisclosed:;>",
        "a",
        "a@",
        "@",
        "<@b>",
        "a@b\u0000",
        "a\n@b",
        "a b@c d",
        "<a@b",
        "a@b>",
        "a@@b",
        "\"@b",
        "a,c@b"
      })
  void anythingElseIsRefusedAndNeverNull(String text) {
    assertThatThrownBy(() -> SenderText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("<> for the null sender");
  }
}
