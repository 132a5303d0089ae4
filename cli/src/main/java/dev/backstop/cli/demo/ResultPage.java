package dev.backstop.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How it ended, for people. */
final class ResultPage {
  private static final int INDENT = 13;

  private final PrintWriter out;
  private final Paint paint;

  ResultPage(PrintWriter out, Paint paint) {
    this.out = out;
    this.paint = paint;
  }

  void print(Score score, Duration took, List<String> warnings) {
    Tally tally = score.tally();
    out.println();
    totals(tally);
    kinds(tally);
    int number = 1;
    for (Example example : Example.of(score)) {
      print(number++, example);
    }
    mistakes(score);
    warnings.forEach(warning -> out.println("the server warned: " + warning));
    end(tally, took);
    out.flush();
  }

  private void totals(Tally tally) {
    int genuine = tally.all(Truth.GENUINE);
    int forgeries = tally.all(Truth.FALSE);
    int ordinary = tally.all(Truth.ORDINARY);
    total("genuine answers delivered", tally.with(Truth.GENUINE, Fate.DELIVERED), genuine);
    total("false ones stopped", tally.refused(Truth.FALSE), forgeries);
    total("ordinary mail untouched", tally.with(Truth.ORDINARY, Fate.DELIVERED), ordinary);
    total("our own mail sent on", tally.sent(), tally.sent() + tally.notSent());
    out.println();
  }

  private void total(String what, int right, int all) {
    String share = String.format(Locale.ROOT, "%14s", Words.of(right, all));
    out.printf("  %-26s%s%n", what, right == all ? paint.good(share) : paint.bad(share));
  }

  private void kinds(Tally tally) {
    out.println(
        paint.dim("                    genuine delivered   false stopped   at RCPT   after data"));
    for (Kind kind : Kind.values()) {
      if (kind != Kind.ORDINARY) {
        out.printf(
            Locale.ROOT,
            "  %-18s%17s%16s%,10d%,13d%n",
            kind.many,
            Words.of(
                tally.count(key -> is(key, kind, Truth.GENUINE) && key.fate() == Fate.DELIVERED),
                tally.count(key -> is(key, kind, Truth.GENUINE))),
            Words.of(
                tally.count(key -> is(key, kind, Truth.FALSE) && key.fate().isRefused()),
                tally.count(key -> is(key, kind, Truth.FALSE))),
            stopped(tally, kind, Fate.REFUSED_BEFORE_DATA),
            stopped(tally, kind, Fate.REFUSED_AT_END));
      }
    }
  }

  private static int stopped(Tally tally, Kind kind, Fate fate) {
    return tally.count(key -> is(key, kind, Truth.FALSE) && key.fate() == fate);
  }

  private static boolean is(Tally.Key key, Kind kind, Truth truth) {
    return key.kind() == kind && key.truth() == truth;
  }

  private void print(int number, Example example) {
    out.println();
    out.println(paint.bold(number + ". " + example.title()));
    entry("happened", example.happened());
    entry("Backstop", example.said());
    entry("user", example.seen());
  }

  private void entry(String name, String text) {
    String label = String.format(Locale.ROOT, "   %-" + (INDENT - 3) + "s", name);
    for (String line : Words.wrap(text, Words.WIDTH - INDENT)) {
      out.println(paint.dim(label) + line);
      label = " ".repeat(INDENT);
    }
  }

  private void mistakes(Score score) {
    for (Case mistake : score.mistakes()) {
      out.println();
      String truth = mistake.arrival().truth().name().toLowerCase(Locale.ROOT);
      out.println(paint.bad("wrong: ") + truth + " " + mistake.arrival().kind().one);
      entry("what", Words.shortly(mistake));
      if (mistake.outcome() instanceof Outcome.Refused refused) {
        entry("reply", Words.plain(refused.reply()));
      }
    }
  }

  private void end(Tally tally, Duration took) {
    out.println();
    out.println(
        (tally.isRight() ? paint.good("All right.") : paint.bad("NOT all right."))
            + String.format(
                Locale.ROOT,
                " %,d mails in our users' names were forged, all in this process, in %d s.",
                tally.forged(),
                took.toSeconds()));
    Words.wrap(
            "not shown, as no proof covers it today: replies with a sender of their own that name"
                + " no Message-ID (vacation(1) names none) pass, true or false, where the user has"
                + " written lately; an answer with a tag stolen this week passes. See docs/demo.md.",
            Words.WIDTH)
        .forEach(line -> out.println(paint.dim(line)));
    out.println("next: ./backstop serve --domain your.domain");
  }
}
