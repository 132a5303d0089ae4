package dev.backstop.server.recipients.callout;

import dev.backstop.mail.address.Mailbox;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** Talks with the mail server that is asked. Safe for all threads. */
public interface Prober extends AutoCloseable {

  /**
   * Begins a transaction: returns when the server has taken our MAIL.
   *
   * @param most for all that follows
   * @throws IOException when it has not; says why in plain words
   */
  Talk begin(Duration most) throws IOException;

  /** Questions under way end soon. */
  @Override
  default void close() {
    // nothing is held between two questions
  }

  /** One transaction, that will have no message. For one thread. */
  interface Talk extends Closeable {
    /**
     * The answer to RCPT.
     *
     * @throws IOException when there is none
     */
    Said recipient(Mailbox recipient) throws IOException;

    /** Whether addresses beyond ASCII may be asked for. */
    boolean takesUtf8();

    /** Ends it, and does not wait. */
    @Override
    void close();
  }

  /**
   * An answer.
   *
   * @param code 200 to 599
   * @param text its last line behind the code, printable ASCII
   */
  record Said(int code, String text) {
    @Override
    public String toString() {
      return code + (text.isEmpty() ? "" : " " + text);
    }
  }
}
