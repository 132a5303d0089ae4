package dev.backstop.cli.check.input;

import dev.backstop.cli.work.OrderedWork;
import dev.backstop.mail.message.RawMessage;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * One thread finds and reads messages, the workers make something of each.
 *
 * @param <R> what is made
 */
public final class MailReading<R> implements Sink {
  private final OrderedWork<R> work;
  private final Maker<R> maker;

  /**
   * What becomes of each thing found. Called on several threads at once.
   *
   * @param <R> what is made
   */
  public interface Maker<R> {
    /** Of a message. */
    R message(String name, Supplier<RawMessage> message);

    /** Of something that should have been read and could not. */
    R problem(String name, String reason);

    /** Of a file of a folder that is no mail. */
    R passedOver(String name);
  }

  public MailReading(OrderedWork<R> work, Maker<R> maker) {
    this.work = work;
    this.maker = maker;
  }

  /**
   * Starts to read. The thread ends by itself, or when it is interrupted.
   *
   * @param inputs that tell this
   * @param paths as {@link Inputs#read} takes them
   */
  public Thread start(Inputs inputs, List<String> paths, InputStream standardInput) {
    return work.feed("mail-reader", () -> inputs.read(paths, standardInput));
  }

  @Override
  public void message(String name, int octets, Supplier<RawMessage> message) {
    submit(octets, () -> maker.message(name, message));
  }

  @Override
  public void problem(String name, String reason) {
    submit(0, () -> maker.problem(name, reason));
  }

  @Override
  public void passedOver(String name) {
    submit(0, () -> maker.passedOver(name));
  }

  private void submit(int octets, Callable<R> task) {
    try {
      work.submit(octets, task);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }
}
