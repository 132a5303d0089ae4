package dev.backstop.cli.auth;

import dev.backstop.cli.check.input.Complaints;
import dev.backstop.cli.check.print.Output;
import dev.backstop.cli.check.print.OutputLoss;
import dev.backstop.cli.check.print.SafeText;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.cli.work.OrderedWork;
import java.io.PrintWriter;

/** Takes the outcomes in order and brings them to the user. For one thread. */
final class Delivery implements Complaints {
  private final Output out;
  private final PrintWriter err;
  private final String command;
  private int unread;
  private int passedOver;

  /**
   * To these streams.
   *
   * @param command whose complaints these are
   */
  Delivery(PrintWriter out, PrintWriter err, String command) {
    this.out = new Output(out);
    this.err = err;
    this.command = command;
  }

  /** All that was submitted, to its end or until nobody reads on. */
  void all(OrderedWork<Outcome> work) {
    try {
      work.drain(this::take, this::flush);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitStatus.SOME_UNREAD, "interrupted");
    }
  }

  /** False when nobody reads on. */
  boolean take(Outcome outcome) {
    switch (outcome) {
      case Outcome.Answered(String text) -> out.write(text);
      case Outcome.Refused(String text) -> {
        unread++;
        out.write(text);
      }
      case Outcome.Unreadable(String name, String reason) -> problem(name, reason);
      case Outcome.PassedOver() -> passedOver++;
    }
    if (out.isFull()) {
      out.flush();
    }
    return !out.isClosed();
  }

  @Override
  public void problem(String name, String reason) {
    unread++;
    note(name + ": " + reason);
  }

  @Override
  public void note(String text) {
    flush(); // so that both streams on one terminal keep their order
    err.println(command + ": " + SafeText.of(text));
  }

  private void flush() {
    if (!out.isEmpty()) {
      out.flush();
    }
  }

  /**
   * No more outcomes come. Returns the exit status.
   *
   * @throws CommandFailure when what was found could not be told
   */
  int end() {
    if (passedOver > 0) {
      note(passedOver + (passedOver == 1 ? " file is" : " files are") + " no mail, passed over");
    }
    flush();
    err.flush();
    if (out.isClosed()) {
      OutputLoss.complain();
    }
    return unread > 0 ? ExitStatus.SOME_UNREAD : ExitStatus.DONE;
  }
}
