package dev.backstop.store;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who sent us what, and what they proved: asked before anything of ours answers a message.
 * Thread-safe; methods block the calling (virtual) thread for at most a few seconds and are refused
 * at once while the store fails.
 */
public final class Arrivals {
  private final Hashes hashes;
  private final @Nullable Writer writer;
  private final Readers readers;
  private final Duration keep;
  private final InstantSource clock;

  Arrivals(
      Hashes hashes, @Nullable Writer writer, Readers readers, Duration keep, InstantSource clock) {
    this.hashes = hashes;
    this.writer = writer;
    this.readers = readers;
    this.keep = keep;
    this.clock = clock;
  }

  /**
   * What is known of a message.
   *
   * @param at when it came, last
   * @param sent true when the address asked for was its reverse-path, false when it was only its
   *     author
   */
  public record Known(SenderProof proof, Instant at, boolean sent) {}

  /**
   * Remembers a message and returns when it is on disk. The same Message-ID from the same sender
   * again replaces what was known.
   *
   * @throws StoreException when it is not certain that it is on disk; nothing of ours will answer
   *     that message
   */
  public void record(Arrival arrival) throws StoreException {
    if (writer == null) {
      throw new StoreException("it was opened to be read only", null);
    }
    Mailbox author = arrival.author();
    writer.write(
        new Write.Arrived(
            hashes.message(arrival.messageId()),
            hashes.sender(arrival.sender()),
            author == null ? hashes.nobody() : hashes.author(author),
            arrival.proof(),
            arrival.at().getEpochSecond()));
  }

  /**
   * Did this message come from that address?
   *
   * @param messageId compared without regard to ASCII case and white space
   * @param address its reverse-path or its author, compared without regard to case
   * @return empty when no such message came lately
   * @throws StoreException when the store cannot tell
   */
  public Optional<Known> lookup(String messageId, ReversePath address) throws StoreException {
    byte[] message = hashes.message(messageId);
    Instant now = clock.instant();
    long oldest = now.minus(keep).getEpochSecond();
    return readers.ask(session -> {
      Optional<Known> sent =
          ArrivalTable.bySender(session, message, hashes.sender(address), now, oldest);
      return sent.isEmpty() && address instanceof Mailbox author
          ? ArrivalTable.byAuthor(session, message, hashes.author(author), now, oldest)
          : sent;
    });
  }
}
