package dev.backstop.cli.auth;

import dev.backstop.cli.auth.answer.Judge;
import dev.backstop.cli.auth.print.AnswerJson;
import dev.backstop.cli.auth.request.Parsed;
import dev.backstop.cli.auth.request.RequestReader;
import dev.backstop.cli.work.OrderedWork;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Answers one request a line. A line that cannot be answered gets an error as its answer, and the
 * rest goes on.
 */
final class Batch {
  /** Requests that wait for name servers at one time. */
  private static final int WAITING = 64;

  /** Octets of a line, when the heap is not smaller than eight times that. */
  private static final int MAX_LINE = 64 << 20;

  private final Judge judge;
  private final RequestReader reader;
  private final int maxLine;

  Batch(Judge judge, RequestReader reader) {
    this(judge, reader, (int) Math.min(MAX_LINE, Runtime.getRuntime().maxMemory() / 8));
  }

  Batch(Judge judge, RequestReader reader, int maxLine) {
    this.judge = judge;
    this.reader = reader;
    this.maxLine = maxLine;
  }

  /** Returns the exit status. */
  int run(InputStream in, Delivery delivery) {
    try (OrderedWork<Outcome> work = OrderedWork.waiting(WAITING)) {
      Thread feeder = work.feed("batch-reader", () -> read(in, work));
      try {
        delivery.all(work);
      } finally {
        feeder.interrupt();
      }
    }
    return delivery.end();
  }

  private void read(InputStream in, OrderedWork<Outcome> work) throws InterruptedException {
    try {
      readLines(in, work);
    } catch (IOException e) {
      work.submit(0, () -> new Outcome.Unreadable("standard input", e.toString()));
    }
  }

  private void readLines(InputStream in, OrderedWork<Outcome> work)
      throws IOException, InterruptedException {
    var lines = new LineReader(in, maxLine);
    int number = 0;
    for (var line = lines.next(); line != null; line = lines.next()) {
      number++;
      if (!line.isBlank()) {
        submit(line, number, work);
      }
    }
  }

  private void submit(LineReader.Line line, int number, OrderedWork<Outcome> work)
      throws InterruptedException {
    Parsed parsed =
        line.tooLong()
            ? new Parsed.Bad(Optional.empty(), "longer than " + maxLine + " octets; give files")
            : reader.read(line.octets());
    switch (parsed) {
      case Parsed.Good good -> work.submit(good.octets(), () -> answer(good, number));
      case Parsed.Bad(Optional<String> id, String error) ->
          work.submit(error.length(), () -> refusal(id, number, error));
    }
  }

  /** Nothing that is in a request stops the others. */
  private Outcome answer(Parsed.Good good, int number) {
    try {
      return new Outcome.Answered(AnswerJson.of(good.id(), judge.answer(good.request())) + '\n');
    } catch (RuntimeException | StackOverflowError e) {
      return refusal(good.id(), number, "a fault in this program, please report it: " + e);
    }
  }

  private static Outcome refusal(Optional<String> id, int number, String error) {
    return new Outcome.Refused(AnswerJson.error(id, number, error) + '\n');
  }
}
