package dev.backstop.bounce.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message of {@code golden/} is read as its {@code .expected} says. */
class GoldenTest {

  static List<Path> messages() throws IOException {
    return Golden.messages();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void isReadAsExpected(Path message) throws IOException {
    AutomaticMail mail = MessageReader.read(Files.readAllBytes(message));
    Path expected = Path.of(message.toString().replaceFirst("\\.eml$", ".expected"));
    var softly = new SoftAssertions();
    for (String line : Files.readAllLines(expected)) {
      int equals = line.indexOf('=');
      String key = line.substring(0, equals);
      softly.assertThat(value(mail, key)).as(key).isEqualTo(line.substring(equals + 1));
    }
    softly.assertAll();
  }

  @Test
  void everyMessageIsExplainedAndHasItsOwnName() throws IOException {
    Set<String> names = new HashSet<>();
    for (Path folder : Golden.folders()) {
      String readme = Files.readString(folder.resolve("README.md"));
      for (Path message : Golden.messages()) {
        if (message.startsWith(folder)) {
          assertThat(readme).contains("| " + Golden.name(message) + " |");
          assertThat(names.add(Golden.name(message))).as(message.toString()).isTrue();
        }
      }
    }
  }

  @Test
  void everyFormHasTenMessagesAtLeast() throws IOException {
    Map<Form, Integer> forms = new EnumMap<>(Form.class);
    for (Path message : Golden.messages()) {
      forms.merge(MessageReader.read(Files.readAllBytes(message)).form(), 1, Integer::sum);
    }
    for (Form form : Form.values()) {
      assertThat(forms.getOrDefault(form, 0)).as(form.toString()).isGreaterThanOrEqualTo(10);
    }
  }

  private static @Nullable String value(AutomaticMail mail, String key) {
    ReturnedMessage returned = mail.returned();
    return switch (key) {
      case "form" -> mail.form().toString();
      case "subform" -> text(mail.subform());
      case "imitates" -> text(mail.imitates());
      case "confidence" -> mail.confidence().toString();
      case "mta" -> lower(mail.reporter().mta());
      case "software" -> mail.reporter().software();
      case "recipients" -> text(mail.recipients().size());
      case "references" -> String.join(" ", mail.references());
      case "part" -> returned.part().toString();
      case "messageId" -> returned.messageId();
      case "returnedFrom" -> address(returned.from());
      case "subject" -> returned.subject();
      case "source" -> returned.source() == null ? null : returned.source().address();
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
      case "action" -> first.action();
      case "status" -> first.status();
      case "smtp" -> text(first.smtp());
      case "reason" -> text(first.reason());
      case "permanent" -> text(first.permanent());
      case "remoteMta" -> lower(first.remoteMta());
      default -> throw new IllegalArgumentException("no such key: " + key);
    };
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static @Nullable String lower(@Nullable String host) {
    return host == null ? null : host.toLowerCase(java.util.Locale.ROOT);
  }

  private static @Nullable String address(@Nullable String from) {
    int start = from == null ? -1 : from.indexOf('<');
    return start < 0 || from == null ? from : from.substring(start + 1, from.indexOf('>', start));
  }
}
