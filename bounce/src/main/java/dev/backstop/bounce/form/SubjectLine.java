package dev.backstop.bounce.form;

import dev.backstop.bounce.words.Fold;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Subject of the returned message where a bounce only names it: {@code Betreff: Bridge}. */
final class SubjectLine {
  private static final int MAX_LINES = 60;
  private static final int MAX_SUBJECT = 400;

  /** What mail programs call the field, folded. */
  private static final Set<String> LABELS =
      Set.of(
          "subject",
          "betreff",
          "objet",
          "sujet",
          "asunto",
          "assunto",
          "oggetto",
          "onderwerp",
          "amne",
          "emne",
          "aihe",
          "otsikko",
          "temat",
          "predmet",
          "тема",
          "konu",
          "件名",
          "主题",
          "主題",
          "主旨",
          "제목",
          "标题",
          "message subject",
          "mail subject",
          "邮件主题",
          "邮件标题",
          "original subject",
          "subject of the message");

  private SubjectLine() {}

  /** {@code null} when the text has no such line. */
  static @Nullable String in(String text) {
    return text.lines()
        .limit(MAX_LINES)
        .map(SubjectLine::value)
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse(null);
  }

  private static String value(String line) {
    int colon = line.indexOf(':');
    int wide = line.indexOf('：');
    int end = colon < 0 || (wide >= 0 && wide < colon) ? wide : colon;
    if (end < 0 || end > 40 || !LABELS.contains(label(line.substring(0, end)))) {
      return "";
    }
    String value = line.substring(end + 1).strip();
    String bounded = value.length() > MAX_SUBJECT ? value.substring(0, MAX_SUBJECT) : value;
    return bounded.length() > 2 && bounded.startsWith("\"") && bounded.endsWith("\"")
        ? bounded.substring(1, bounded.length() - 1)
        : bounded;
  }

  private static String label(String before) {
    String folded = Fold.line(before).strip();
    return folded.startsWith("- ") || folded.startsWith("* ") ? folded.substring(2) : folded;
  }
}
