package dev.backstop.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The world as it goes, drawn over itself on a terminal. For one thread. */
final class Board implements Watch.View {
  private static final int BAR = 30;

  /** In a narrow window a line that wraps would count as two (DECAWM). */
  private static final String NO_WRAP = "\033[?7l";

  private static final String WRAP = "\033[?7h";

  private final PrintWriter out;
  private final Demo demo;
  private final Paint paint;
  private int drawn;

  Board(PrintWriter out, Demo demo, Paint paint) {
    this.out = out;
    this.demo = demo;
    this.paint = paint;
  }

  @Override
  public Duration every() {
    return Duration.ofMillis(150);
  }

  @Override
  public void show() {
    var frame = new StringBuilder(NO_WRAP);
    if (drawn > 0) {
      frame.append("\033[").append(drawn).append("A\r"); // to the first line of the last frame
    }
    List<String> lines = lines(demo.score().tally());
    lines.forEach(line -> frame.append(line).append("\033[K\n"));
    drawn = lines.size();
    out.print(frame.append(WRAP));
    out.flush();
  }

  private List<String> lines(Tally tally) {
    List<String> lines = new ArrayList<>();
    lines.add(calendar());
    lines.add(paint.dim("           " + phase()));
    lines.add("");
    lines.add(row("our users sent", tally.sent(), "each mail signed and written into the journal"));
    lines.add(row("forged in their names", tally.forged(), "sent by a spammer, to others"));
    lines.add("");
    lines.add(answers("genuine answers", tally, Truth.GENUINE));
    lines.add(falseAnswers(tally));
    lines.add(answers("ordinary mail", tally, Truth.ORDINARY));
    lines.add("");
    lines.add(
        "  "
            + demo.score()
                .last()
                .map(last -> paint.dim(Words.cut(Words.shortly(last), Words.WIDTH - 2)))
                .orElse(""));
    return lines;
  }

  private String calendar() {
    int share = Math.clamp(BAR * demo.passed().toHours() / (World.MONTH.toHours() - 24), 0, BAR);
    return paint.bold(String.format(Locale.ROOT, "  day %2d of 30  ", day(demo)))
        + "#".repeat(share)
        + ".".repeat(BAR - share);
  }

  static long day(Demo demo) {
    return Math.clamp(demo.passed().toDays() + 1, 1, 30);
  }

  private String phase() {
    Duration passed = demo.passed();
    if (passed.compareTo(World.ATTACK_BEGINS) < 0) {
      return "quiet days: Backstop signs our mail and fills its journal";
    }
    return passed.compareTo(World.ATTACK_ENDS) < 0
        ? "a spammer forges our users, and the servers it hits answer to us"
        : "the spammer has gone, its late bounces have not";
  }

  private static String row(String name, int count, String note) {
    return String.format(Locale.ROOT, "  %-24s%,8d   %s", name, count, note);
  }

  private String answers(String name, Tally tally, Truth truth) {
    int all = tally.all(truth);
    int delivered = tally.with(truth, Fate.DELIVERED);
    return row(name, all, paint.good("delivered " + Words.number(delivered)))
        + wrong("lost", all - delivered);
  }

  private String falseAnswers(Tally tally) {
    int all = tally.all(Truth.FALSE);
    int stopped = tally.refused(Truth.FALSE);
    String how =
        Words.number(tally.with(Truth.FALSE, Fate.REFUSED_BEFORE_DATA))
            + " at RCPT, "
            + Words.number(tally.with(Truth.FALSE, Fate.REFUSED_AT_END))
            + " after data";
    return row("false answers", all, paint.good("stopped " + Words.number(stopped)))
        + (all == stopped ? "  (" + how + ")" : wrong("let through", all - stopped));
  }

  private String wrong(String what, int count) {
    return count == 0 ? "" : "  " + paint.bad(what + " " + Words.number(count));
  }
}
