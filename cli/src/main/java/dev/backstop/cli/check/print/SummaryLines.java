package dev.backstop.cli.check.print;

import dev.backstop.cli.check.result.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The sum in a line or two, below the blocks. */
public final class SummaryLines {
  private SummaryLines() {}

  /** Lines, each with its end. */
  public static String of(Tally tally, boolean part, Style style) {
    List<String> lines = new ArrayList<>();
    lines.add(
        number(tally.messages(), "message", "messages")
            + (part ? ", " + number(tally.shown()) + " of them shown" : "")
            + counts(tally.forms())
            + counts(tally.verdicts()));
    lines.addAll(rest(tally));
    return lines.stream().map(style::shown).collect(Collectors.joining("\n", "", "\n"));
  }

  /** What was not judged. */
  static List<String> rest(Tally tally) {
    List<String> lines = new ArrayList<>();
    if (tally.passedOver() > 0) {
      int unnamed = tally.passedOver() - tally.firstPassedOver().size();
      lines.add(
          number(tally.passedOver(), "file is", "files are")
              + " no mail, passed over: "
              + String.join(", ", tally.firstPassedOver())
              + (unnamed > 0 ? " and " + number(unnamed) + " more" : ""));
    }
    if (tally.unread() > 0) {
      lines.add(number(tally.unread()) + " could not be read");
    }
    return lines;
  }

  private static String counts(Map<?, Integer> counts) {
    return counts.isEmpty()
        ? ""
        : counts.entrySet().stream()
            .map(e -> number(e.getValue()) + " " + e.getKey())
            .collect(Collectors.joining(", ", "; ", ""));
  }

  private static String number(int number, String one, String several) {
    return number(number) + " " + (number == 1 ? one : several);
  }

  private static String number(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
