package dev.backstop.edge.smtp.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeArgumentTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FROM:<a@b>                       | <a@b>           | {}
          from:<a@b>                       | <a@b>           | {}
          FROM: <a@b>                      | <a@b>           | {}
          FROM:<>                          | <>              | {}
          FROM:<a@b> SIZE=1                | <a@b>           | {SIZE=1}
          FROM:<a@b> size=1 body=8BITMIME  | <a@b>           | {SIZE=1, BODY=8BITMIME}
          FROM:<a@b> SMTPUTF8              | <a@b>           | {SMTPUTF8=}
          FROM:<"a>b"@c>                   | <"a>b"@c>       | {}
          FROM:<"a\\">b"@c>                | <"a\\">b"@c>    | {}
          FROM:<@x,@y:a@b>                 | <@x,@y:a@b>     | {}
          FROM:<a@b> ENVID=QQ=314          | <a@b>           | {ENVID=QQ=314}
          """)
  void whatCanBeRead(String argument, String path, String parameters) throws CommandException {
    EnvelopeArgument read = EnvelopeArgument.parse(argument, "FROM:");
    assertThat(read.path()).isEqualTo(path);
    assertThat(read.parameters()).hasToString(parameters);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<a@b>",
        "TO:<a@b>",
        "FROM:",
        "FROM:a@b",
        "FROM:<a@b",
        "FROM:<a<b>@c>",
        "FROM:<\"a@b>",
        "FROM:<a@b>SIZE=1",
        "FROM:<a@b> =1",
        "FROM:<a@b> SIZE=",
        "FROM:<a@b> SIZE=1 SIZE=2",
        "FROM:<a@b> X\u0001=1",
        "FROM:<a@b> A=\u007f",
        "FROM <a@b>"
      })
  void whatCannotBeReadIsASyntaxError(String argument) {
    assertThatThrownBy(() -> EnvelopeArgument.parse(argument, "FROM:"))
        .isInstanceOfSatisfying(
            CommandException.class, error -> assertThat(error.code()).isEqualTo(501));
  }

  @Test
  void sizesOverflowNothing() throws CommandException {
    assertThat(size("99999999999999999999")).hasValue(Long.MAX_VALUE);
    assertThat(size("0")).hasValue(0L);
    assertThat(EnvelopeArgument.parse("FROM:<>", "FROM:").size()).isEmpty();
    for (String wrong : new String[] {"-1", "+1", "1.5", "0x10", "999999999999999999999", "1e3"}) {
      assertThatThrownBy(() -> size(wrong)).isInstanceOf(CommandException.class);
    }
  }

  private static java.util.Optional<Long> size(String text) throws CommandException {
    return EnvelopeArgument.parse("FROM:<> SIZE=" + text, "FROM:").size();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, false",
    "10 LAST, 10, true",
    "5 last, 5, true",
    "999999999999999999, 999999999999999999, false"
  })
  void chunks(String argument, long size, boolean last) {
    assertThat(ChunkArgument.parse(argument)).hasValue(new ChunkArgument(size, last));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "LAST",
        "-1",
        "+1",
        "1x",
        "1 2",
        "1 LAST LAST",
        "9999999999999999999",
        "0x1",
        "1 LASTT"
      })
  void chunksThatNobodyCanCount(String argument) {
    assertThat(ChunkArgument.parse(argument)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1",
        "POST / HTTP/1.1",
        "Host: a",
        "User-Agent: b",
        "\u0016\u0003\u0001",
        "{\"a\":1}",
        "connect a:25 HTTP/1.0",
        " EHLO x"
      })
  void otherProtocols(String line) {
    assertThat(Command.of(line).isForeign()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"EHLO a", "mail FROM:<a@b>", "NOOP", "Quit ", "FOO bar", "BDAT 3 LAST"})
  void smtp(String line) {
    assertThat(Command.of(line).isForeign()).isFalse();
  }
}
