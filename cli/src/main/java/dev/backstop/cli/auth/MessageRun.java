package dev.backstop.cli.auth;

import dev.backstop.cli.auth.answer.Judge;
import dev.backstop.cli.auth.print.AnswerPrinter;
import dev.backstop.cli.auth.request.Envelope;
import dev.backstop.cli.auth.request.Request;
import dev.backstop.cli.check.input.GivenPaths;
import dev.backstop.cli.check.input.Inputs;
import dev.backstop.cli.check.input.MailReading;
import dev.backstop.cli.check.input.Reached;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.cli.work.OrderedWork;
import dev.backstop.mail.message.RawMessage;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers for each stored message.
 *
 * @param envelope of all of them; empty when it is not known
 */
record MessageRun(
    Judge judge, AnswerPrinter printer, boolean headerOnly, Optional<Envelope> envelope)
    implements MailReading.Maker<Outcome> {
  /** Messages that wait for name servers at one time. */
  private static final int WAITING = 32;

  /** Returns the exit status. */
  int run(List<String> paths, InputStream standardInput, Delivery delivery) {
    List<String> present = GivenPaths.present(paths, delivery);
    try (OrderedWork<Outcome> work = OrderedWork.waiting(WAITING)) {
      var reading = new MailReading<>(work, this);
      var inputs = new Inputs(reading, new Reached(), null, Request.MAX_MESSAGE);
      Thread reader = reading.start(inputs, present, standardInput);
      try {
        delivery.all(work);
      } finally {
        reader.interrupt();
      }
    }
    int status = delivery.end();
    return present.isEmpty() ? ExitStatus.NO_INPUT : status;
  }

  /** Nothing that is in a message stops the others. */
  @Override
  public Outcome message(String name, Supplier<RawMessage> read) {
    try {
      RawMessage message = read.get();
      if (message.header().isEmpty()) {
        return problem(name, "no mail: it has no header");
      }
      var request = new Request.Message(Optional.of(name), message, headerOnly, envelope);
      return new Outcome.Answered(printer.print(name, judge.answer(request)));
    } catch (RuntimeException | StackOverflowError e) {
      return problem(name, "a fault in this program, please report it: " + e);
    }
  }

  @Override
  public Outcome problem(String name, String reason) {
    return new Outcome.Unreadable(name, reason);
  }

  @Override
  public Outcome passedOver(String name) {
    return new Outcome.PassedOver();
  }
}
