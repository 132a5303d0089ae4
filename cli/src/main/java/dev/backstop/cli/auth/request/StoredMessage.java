package dev.backstop.cli.auth.request;

import dev.backstop.cli.check.input.Inputs;
import dev.backstop.cli.check.input.Reached;
import dev.backstop.cli.check.input.Sink;
import dev.backstop.mail.message.RawMessage;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one message of a file. */
final class StoredMessage implements Sink {
  private @Nullable RawMessage found;
  private @Nullable String problem;

  private StoredMessage() {}

  /**
   * Reads it; the file may be packed.
   *
   * @throws IllegalArgumentException why not
   */
  static RawMessage read(String path) {
    if (path.equals("-")) {
      throw new IllegalArgumentException("standard input holds the requests; name a file");
    }
    var sink = new StoredMessage();
    try {
      var inputs = new Inputs(sink, new Reached(), null, Request.MAX_MESSAGE);
      inputs.read(List.of(path), InputStream.nullInputStream());
    } catch (CancellationException _) {
      throw new IllegalArgumentException("more than one message; ask for each by itself");
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("not a path: " + e.getReason(), e);
    }
    if (sink.found == null) {
      throw new IllegalArgumentException(sink.problem == null ? "no message" : sink.problem);
    }
    return sink.found;
  }

  @Override
  public void message(String name, int octets, Supplier<RawMessage> message) {
    if (found != null) {
      throw new CancellationException();
    }
    found = message.get();
  }

  @Override
  public void problem(String name, String reason) {
    problem = reason;
  }

  @Override
  public void passedOver(String name) {
    // in a folder
  }
}
