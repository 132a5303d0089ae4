package dev.backstop.edge;

import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Transaction;

/**
 * What a filter does with one message, from the end of its header on. One instance serves one
 * message, called by one thread at a time; it may be dropped at any point, when the client goes
 * away. What it throws, the door answers with 451.
 */
public interface MessageFilter {

  /**
   * How much of the body is to be kept for {@link #end}, in octets; 0 for none. The door never
   * holds more than that, and marks a message that went on as truncated. Asked once.
   */
  int bodyWanted();

  /**
   * Whether {@link #body} is to be given the whole body. Otherwise the door may stop reading behind
   * what is kept. Asked once.
   */
  default boolean readsBody() {
    return false;
  }

  /**
   * The next piece of the body, as it comes; lines may be split anywhere. Must not block.
   *
   * @param octets good during the call only
   */
  default void body(byte[] octets, int start, int length) {}

  /**
   * After the last octet of the body.
   *
   * @param message its header, and what was kept of its body
   */
  Action end(Transaction transaction, RawMessage message);
}
