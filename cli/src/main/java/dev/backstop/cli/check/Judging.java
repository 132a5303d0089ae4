package dev.backstop.cli.check;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.MessageReader;
import dev.backstop.cli.check.input.Inputs;
import dev.backstop.cli.check.input.Reached;
import dev.backstop.cli.check.input.Sink;
import dev.backstop.cli.check.print.Renderer;
import dev.backstop.cli.check.result.Checked;
import dev.backstop.cli.check.result.Opinion;
import dev.backstop.mail.message.RawMessage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread finds and reads, the workers split, judge and render, the caller takes the outcomes in
 * the order of the input.
 *
 * @param judge called on several threads at once
 */
record Judging(BiFunction<RawMessage, AutomaticMail, Opinion> judge, Renderer renderer) {
  /** Octets of messages in flight, when the heap is not smaller than four times that. */
  private static final int MOST_IN_FLIGHT = 64 << 20;

  static OrderedWork<Outcome> workers() {
    Runtime runtime = Runtime.getRuntime();
    int octets = (int) Math.min(MOST_IN_FLIGHT, runtime.maxMemory() / 4);
    return new OrderedWork<>(runtime.availableProcessors(), octets);
  }

  /** Starts to read. The thread ends by itself, or when it is interrupted. */
  Thread start(
      OrderedWork<Outcome> work,
      List<String> paths,
      InputStream standardInput,
      Reached reached,
      @Nullable Path ignored) {
    var inputs = new Inputs(new Submitting(work), reached, ignored);
    return Thread.ofPlatform()
        .daemon()
        .name("check-reader")
        .start(() -> {
          try {
            inputs.read(paths, standardInput);
            work.end();
          } catch (CancellationException _) {
            // the caller wants no more
          } catch (RuntimeException | Error e) {
            work.fail(e);
          }
        });
  }

  /** Nothing that is in a message stops the others. */
  private Outcome judge(String name, Supplier<RawMessage> read) {
    try {
      RawMessage message = read.get();
      if (message.header().isEmpty()) {
        return new Outcome.Unreadable(name, "no mail: it has no header");
      }
      AutomaticMail mail = MessageReader.read(message);
      Checked checked = Checked.of(name, message, mail, judge.apply(message, mail));
      return new Outcome.Judged(checked, renderer.render(checked));
    } catch (RuntimeException | StackOverflowError e) {
      return new Outcome.Unreadable(name, "a fault in this program, please report it: " + e);
    }
  }

  private final class Submitting implements Sink {
    private final OrderedWork<Outcome> work;

    private Submitting(OrderedWork<Outcome> work) {
      this.work = work;
    }

    @Override
    public void message(String name, int octets, Supplier<RawMessage> message) {
      submit(octets, () -> judge(name, message));
    }

    @Override
    public void problem(String name, String reason) {
      submit(0, () -> new Outcome.Unreadable(name, reason));
    }

    @Override
    public void passedOver(String name) {
      submit(0, () -> new Outcome.PassedOver(name));
    }

    private void submit(int octets, Callable<Outcome> task) {
      try {
        work.submit(octets, task);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new CancellationException();
      }
    }
  }
}
