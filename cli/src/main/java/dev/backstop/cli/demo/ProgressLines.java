package dev.backstop.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** The world as it goes, a line every few seconds, for files and pipes. For one thread. */
final class ProgressLines implements Watch.View {
  private final PrintWriter out;
  private final Demo demo;

  ProgressLines(PrintWriter out, Demo demo) {
    this.out = out;
    this.demo = demo;
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(3);
  }

  @Override
  public void show() {
    Tally tally = demo.score().tally();
    out.printf(
        Locale.ROOT,
        "day %2d of 30: sent %s, forged %s; genuine delivered %s, false stopped %s, ordinary"
            + " delivered %s%n",
        Board.day(demo),
        Words.number(tally.sent()),
        Words.number(tally.forged()),
        Words.of(tally.with(Truth.GENUINE, Fate.DELIVERED), tally.all(Truth.GENUINE)),
        Words.of(tally.refused(Truth.FALSE), tally.all(Truth.FALSE)),
        Words.of(tally.with(Truth.ORDINARY, Fate.DELIVERED), tally.all(Truth.ORDINARY)));
    out.flush();
  }
}
