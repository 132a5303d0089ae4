package dev.backstop.bounce.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages of {@code golden/}; its README tells what each proves. */
class GoldenTest {

  static List<Path> messages() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(f -> f.toString().endsWith(".eml")).sorted().toList();
    }
  }

  private static Path folder() {
    URL readme = GoldenTest.class.getResource("/golden/README.md");
    assertThat(readme).isNotNull();
    try {
      return Path.of(readme.toURI()).resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void isReadAsExpected(Path message) throws IOException {
    AutomaticMail mail = MessageReader.read(SharedCorpus.message(message));
    Path expected = Path.of(message.toString().replace(".eml", ".expected"));
    var softly = new SoftAssertions();
    for (String line : Files.readAllLines(expected)) {
      int equals = line.indexOf('=');
      String key = line.substring(0, equals);
      softly.assertThat(value(mail, key)).as(key).isEqualTo(line.substring(equals + 1));
    }
    softly.assertAll();
  }

  @Test
  void everyMessageIsExplained() throws IOException {
    String readme = Files.readString(folder().resolve("README.md"), StandardCharsets.UTF_8);
    for (Path message : messages()) {
      String name = message.getFileName().toString().replace(".eml", "");
      assertThat(readme).contains("| " + name + " |");
    }
  }

  private static @Nullable String value(AutomaticMail mail, String key) {
    return switch (key) {
      case "form" -> mail.form().toString();
      case "subform" -> text(mail.subform());
      case "confidence" -> mail.confidence().toString();
      case "mta" -> mail.reporter().mta();
      case "software" -> mail.reporter().software();
      case "recipients" -> text(mail.recipients().size());
      case "references" -> String.join(" ", mail.references());
      case "part" -> mail.returned().part().toString();
      case "messageId" -> mail.returned().messageId();
      case "subject" -> mail.returned().subject();
      case "source" -> mail.returned().source() == null ? null : mail.returned().source().address();
      default -> recipient(mail, key);
    };
  }

  private static @Nullable String recipient(AutomaticMail mail, String key) {
    if (mail.recipients().isEmpty()) {
      return null;
    }
    ReportedRecipient first = mail.recipients().getFirst();
    return switch (key) {
      case "recipient" -> first.finalRecipient();
      case "original" -> first.originalRecipient();
      case "status" -> first.status();
      case "smtp" -> text(first.smtp());
      case "reason" -> text(first.reason());
      case "permanent" -> text(first.permanent());
      case "remoteMta" -> first.remoteMta();
      default -> throw new IllegalArgumentException("no such key: " + key);
    };
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
