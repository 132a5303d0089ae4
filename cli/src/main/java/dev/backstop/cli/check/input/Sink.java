package dev.backstop.cli.check.input;

import dev.backstop.mail.message.RawMessage;
import java.util.function.Supplier;

/** Takes what was found, in order. May make the reader wait. */
public interface Sink {
  /**
   * A message.
   *
   * @param octets about the memory it holds until it is judged
   * @param message splits it, on any thread
   */
  void message(String name, int octets, Supplier<RawMessage> message);

  /** Something that should have been read and could not. */
  void problem(String name, String reason);

  /** A file of a folder that is no mail. */
  void passedOver(String name);
}
