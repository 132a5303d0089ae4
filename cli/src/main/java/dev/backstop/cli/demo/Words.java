package dev.backstop.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the screen and the final page say in the same words. */
final class Words {
  static final int WIDTH = 78;

  private Words() {}

  /** With a comma between thousands. */
  static String number(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String of(int some, int all) {
    return number(some) + "/" + number(all);
  }

  /** One line about one mail. */
  static String shortly(Case one) {
    Arrival arrival = one.arrival();
    String what =
        switch (one.fate()) {
          case DELIVERED -> "delivered  ";
          case REFUSED_BEFORE_DATA -> "refused at RCPT  ";
          case REFUSED_AT_END -> "refused after data  ";
          case DAMAGED -> "DAMAGED  ";
        };
    String sender = arrival.mail().sender().isEmpty() ? "<>" : arrival.mail().sender();
    return what
        + arrival.kind().one
        + " of "
        + arrival.mail().client().name()
        + ", "
        + sender
        + " -> "
        + arrival.user();
  }

  /** A reply without its codes, a verdict field without its folds. */
  static String plain(String said) {
    return said.replaceAll("\\s+", " ").strip();
  }

  static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 3) + "...";
  }

  /** Lines of at most so many characters, cut between words where that is possible. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    var line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
