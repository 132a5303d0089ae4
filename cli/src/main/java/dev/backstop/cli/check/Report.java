package dev.backstop.cli.check;

import dev.backstop.cli.check.input.Complaints;
import dev.backstop.cli.check.input.Reached;
import dev.backstop.cli.check.print.CsvFile;
import dev.backstop.cli.check.print.Output;
import dev.backstop.cli.check.print.Progress;
import dev.backstop.cli.check.print.SafeText;
import dev.backstop.cli.check.result.Tally;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Takes the outcomes in order: prints, writes, counts, shows how far it is. For one thread. */
final class Report implements Complaints {
  private final Output out;
  private final PrintWriter err;
  private final @Nullable CsvFile csv;
  private final Progress progress;
  private final Reached reached;
  private final Tally tally = new Tally();

  Report(Output out, PrintWriter err, @Nullable CsvFile csv, Progress progress, Reached reached) {
    this.out = out;
    this.err = err;
    this.csv = csv;
    this.progress = progress;
    this.reached = reached;
  }

  /** False when nobody reads on. */
  boolean take(Outcome outcome) {
    switch (outcome) {
      case Outcome.Judged judged -> judged(judged);
      case Outcome.Unreadable(String name, String reason) -> problem(name, reason);
      case Outcome.PassedOver(String name) -> tally.passedOver(name);
    }
    if (out.isFull()) {
      flush();
    }
    progress.tick(reached, tally);
    return !out.isClosed();
  }

  private void judged(Outcome.Judged judged) {
    tally.message(judged.checked(), judged.rendered().shown());
    out.write(judged.rendered().text());
    if (csv == null) {
      out.write(judged.rendered().rows());
    } else {
      csv.write(judged.rendered().rows());
    }
  }

  @Override
  public void problem(String name, String reason) {
    tally.unreadable();
    note(name + ": " + reason);
  }

  @Override
  public void note(String text) {
    flush(); // so that both streams on one terminal keep their order
    progress.erase();
    err.println("backstop check: " + SafeText.of(text));
  }

  /** While there is nothing to take: what there is should be seen. */
  void idle() {
    flush();
    progress.tick(reached, tally);
  }

  private void flush() {
    if (!out.isEmpty()) {
      progress.beforeOutput();
      out.flush();
    }
  }

  /** No more outcomes come. */
  Tally end() {
    flush();
    progress.erase();
    return tally;
  }
}
