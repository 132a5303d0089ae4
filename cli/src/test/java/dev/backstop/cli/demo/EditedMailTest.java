package dev.backstop.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.testkit.milter.MilterAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EditedMailTest {
  private final EditedMail mail =
      new EditedMail(
          new Mail(
              new Mail.Client("mx", "192.0.2.1", null),
              "a@ours.example",
              List.of("b@x.example", "c@x.example"),
              Letter.write("A: 1\nB: 2\nA: 3\n\nbody", Map.of())));

  private void edit(char code, int number, String... strings) throws IOException {
    var data = new ByteArrayOutputStream();
    if (number >= 0) {
      data.write(new byte[] {0, 0, 0, (byte) number});
    }
    for (String string : strings) {
      data.write((string + "\0").getBytes(StandardCharsets.ISO_8859_1));
    }
    mail.apply(new MilterAnswer(code, data.toByteArray()));
  }

  @Test
  void envelopeAndHeaderAreChangedAsAsked() throws IOException {
    edit('e', -1, "<tagged@ours.example>");
    edit('-', -1, "<b@x.example>");
    edit('+', -1, "<d@x.example>");
    edit('m', 2, "a", "");
    edit('i', 0, "Top", " of\n\tall");
    edit('h', -1, "Last", " one");
    Mail after = mail.mail();
    assertThat(after.sender()).isEqualTo("tagged@ours.example");
    assertThat(after.recipients()).containsExactly("c@x.example", "d@x.example");
    assertThat(after.letter().text()).isEqualTo("Top: of\n\tall\nA: 1\nB: 2\nLast: one\n\nbody");
  }

  @Test
  void aChangeThatNobodyKnowsIsNotOverlooked() {
    assertThatThrownBy(() -> edit('b', -1, "other body")).isInstanceOf(IOException.class);
  }
}
