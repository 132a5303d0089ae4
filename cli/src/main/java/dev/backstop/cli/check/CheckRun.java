package dev.backstop.cli.check;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.cli.check.input.GivenPaths;
import dev.backstop.cli.check.input.Inputs;
import dev.backstop.cli.check.input.MailReading;
import dev.backstop.cli.check.input.Reached;
import dev.backstop.cli.check.print.CsvFile;
import dev.backstop.cli.check.print.CsvRows;
import dev.backstop.cli.check.print.Output;
import dev.backstop.cli.check.print.OutputLoss;
import dev.backstop.cli.check.print.Progress;
import dev.backstop.cli.check.print.Screen;
import dev.backstop.cli.check.print.Style;
import dev.backstop.cli.check.print.SummaryJson;
import dev.backstop.cli.check.print.SummaryLines;
import dev.backstop.cli.check.print.SummaryTable;
import dev.backstop.cli.check.result.Opinion;
import dev.backstop.cli.check.result.Tally;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.cli.work.OrderedWork;
import dev.backstop.mail.message.RawMessage;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One run of the command: opens what it writes to, judges all, ends with the sum. */
final class CheckRun {
  private final Wanted wanted;
  private final BiFunction<RawMessage, AutomaticMail, Opinion> judge;
  private final Screen screen;
  private final Style style;

  CheckRun(Wanted wanted, BiFunction<RawMessage, AutomaticMail, Opinion> judge, Screen screen) {
    this.wanted = wanted;
    this.judge = judge;
    this.screen = screen;
    this.style = wanted.json() ? Style.PLAIN : screen.style();
  }

  /** Returns the exit status. */
  int run(List<String> paths, PrintWriter out, PrintWriter err, InputStream standardInput) {
    String csv = wanted.csv();
    try (CsvFile file = csv == null || wanted.csvIsOutput() ? null : CsvFile.create(csv)) {
      var output = new Output(out);
      var reached = new Reached();
      Progress progress = Progress.on(screen, err, wanted.noProgress(), wanted.json());
      var report = new Report(output, err, file, progress, reached);
      if (wanted.csvIsOutput()) {
        output.write(CsvRows.header());
      }
      List<String> present = GivenPaths.present(paths, report);
      judgeAll(present, standardInput, report, reached, file);
      Tally tally = report.end();
      sum(tally, output, err);
      if (file != null && output.isClosed()) {
        report.note("nobody reads standard output any more: " + csv + " was not written");
      } else if (file != null) {
        file.finish();
      }
      err.flush();
      if (output.isClosed()) {
        OutputLoss.complain();
      }
      return status(present.isEmpty(), tally);
    }
  }

  private void judgeAll(
      List<String> paths,
      InputStream standardInput,
      Report report,
      Reached reached,
      @Nullable CsvFile csv) {
    var judging = new Judging(judge, wanted.renderer(style));
    try (OrderedWork<Outcome> work = OrderedWork.computing()) {
      var reading = new MailReading<>(work, judging);
      var inputs = new Inputs(reading, reached, csv == null ? null : csv.temporary());
      Thread reader = reading.start(inputs, paths, standardInput);
      try {
        work.drain(report::take, report::idle);
      } finally {
        reader.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitStatus.SOME_UNREAD, "interrupted");
    }
  }

  private void sum(Tally tally, Output output, PrintWriter err) {
    boolean part = wanted.selection().isPart();
    if (wanted.csvIsOutput()) {
      err.print(SummaryLines.of(tally, part, Style.PLAIN));
    } else if (wanted.summary()) {
      output.write(
          wanted.json() ? SummaryJson.of(tally) + '\n' : SummaryTable.of(tally, part, style));
    } else if (!wanted.json()) {
      output.write(SummaryLines.of(tally, part, style));
    }
    output.flush();
  }

  private static int status(boolean nothingThere, Tally tally) {
    if (nothingThere) {
      return ExitStatus.NO_INPUT;
    }
    return tally.unread() > 0 ? ExitStatus.SOME_UNREAD : ExitStatus.DONE;
  }
}
