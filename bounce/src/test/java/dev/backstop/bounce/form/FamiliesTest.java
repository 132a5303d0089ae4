package dev.backstop.bounce.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.words.Vocabulary;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.RawMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Each row of {@code families.txt} names a golden message, and the message needs the row. */
class FamiliesTest {
  private static final Vocabulary WORDS = Vocabulary.DEFAULT;

  /**
   * Of all rows of its family the row alone makes a difference. Most messages carry several marks
   * of their program, so taking one row away changes nothing; that is what the others are for.
   */
  @Test
  void everyRowMakesADifferenceToItsMessage() throws IOException {
    Map<String, RawMessage> messages = messages();
    Map<String, List<Integer>> rows = new HashMap<>();
    WORDS
        .families()
        .forEach((row, f) -> rows.computeIfAbsent(f.getFirst(), _ -> new ArrayList<>()).add(row));
    var softly = new SoftAssertions();
    WORDS
        .families()
        .forEach((row, family) -> {
          RawMessage message = messages.get(family.get(1));
          softly.assertThat(message).as("test message of %s", family).isNotNull();
          if (message != null) {
            List<Integer> all = rows.getOrDefault(family.getFirst(), List.of());
            List<Integer> others = new ArrayList<>(all);
            others.removeIf(row::equals);
            softly
                .assertThat(MessageReader.read(message, null, WORDS.without(others)))
                .as("row of %s", family)
                .isNotEqualTo(MessageReader.read(message, null, WORDS.without(all)));
          }
        });
    softly.assertAll();
    assertThat(rows).hasSizeGreaterThan(50);
  }

  private static Map<String, RawMessage> messages() throws IOException {
    Map<String, RawMessage> messages = new HashMap<>();
    for (Path file : Golden.messages()) {
      byte[] bytes = Files.readAllBytes(file);
      messages.put(Golden.name(file), MessageSplitter.split(bytes, bytes.length, false));
    }
    return messages;
  }
}
