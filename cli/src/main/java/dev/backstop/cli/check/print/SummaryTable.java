package dev.backstop.cli.check.print;

import dev.backstop.cli.check.result.Names;
import dev.backstop.cli.check.result.Tally;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The sum as a table for people: only what there is. */
public final class SummaryTable {
  /** Hosts and programs that are named. */
  static final int MOST = 10;

  private static final int LABEL = 44;

  private final Style style;
  private final StringBuilder table = new StringBuilder(1024);

  private SummaryTable(Style style) {
    this.style = style;
  }

  /** Lines, each with its end. */
  public static String of(Tally tally, boolean part, Style style) {
    var table = new SummaryTable(style);
    table.write(tally, part);
    return table.table.toString();
  }

  private void write(Tally tally, boolean part) {
    row("", "Messages", tally.messages());
    if (part) {
      row("", "Shown", tally.shown());
    }
    counts(tally.forms());
    section("Bounces", tally.subforms());
    section("Verdicts", tally.verdicts());
    section("Recipients by reason", tally.reasons());
    section("Recipients by duration", tally.lasting());
    names("Hosts that report most", tally.hosts());
    names("Software that reports most", tally.software());
    section("Ordinary mail dressed as", tally.imitated());
    section("Cut: not all was read", tally.cuts());
    SummaryLines.rest(tally).forEach(line -> table.append('\n').append(style.shown(line)));
    if (table.charAt(table.length() - 1) != '\n') {
      table.append('\n');
    }
  }

  private void section(String title, Map<?, Integer> counts) {
    if (!counts.isEmpty()) {
      title(title);
      counts(counts);
    }
  }

  private void counts(Map<?, Integer> counts) {
    counts.forEach((key, count) -> row("  ", key.toString(), count));
  }

  private void names(String title, Names names) {
    List<Names.Count> most = names.most(MOST);
    if (!most.isEmpty()) {
      title(title);
      most.forEach(count -> row("  ", count.name(), count.messages()));
      if (names.uncounted() > 0) {
        row("  ", "(names that were not counted)", names.uncounted());
      }
    }
  }

  private void title(String title) {
    table.append('\n').append(title).append('\n');
  }

  private void row(String indent, String label, int count) {
    String shown = indent + style.shown(label);
    String bounded = shown.length() > LABEL ? shown.substring(0, LABEL - 1) + "~" : shown;
    table.append(bounded).repeat(' ', LABEL - bounded.length());
    table.append(String.format(Locale.ROOT, "%,12d%n", count));
  }
}
