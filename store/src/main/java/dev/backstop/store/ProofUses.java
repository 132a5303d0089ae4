package dev.backstop.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Which answers used which proof: whoever got one mail of ours can show its tag or Message-ID again
 * and again. Thread-safe; methods block the calling (virtual) thread for at most a few seconds and
 * are refused at once while the store fails.
 */
public final class ProofUses {
  private final Hashes hashes;
  private final @Nullable Writer writer;
  private final Readers readers;
  private final Duration keep;
  private final InstantSource clock;

  ProofUses(
      Hashes hashes, @Nullable Writer writer, Readers readers, Duration keep, InstantSource clock) {
    this.hashes = hashes;
    this.writer = writer;
    this.readers = readers;
    this.keep = keep;
    this.clock = clock;
  }

  /**
   * Remembers an answer, and returns when that is on disk. The same answer again on one UTC day is
   * one answer.
   *
   * @param proof what it rests on, in any words that are always the same
   * @param answer a number that tells one answer from another
   * @throws StoreException when it is not certain that it is on disk
   */
  public void add(String proof, long answer, Instant at) throws StoreException {
    if (writer == null) {
      throw new StoreException("it was opened to be read only", null);
    }
    writer.write(new Write.Used(hashes.proof(proof), answer, at.getEpochSecond()));
  }

  /**
   * How many other answers have used that proof, as far back as the journal keeps.
   *
   * @param answer the one that does not count
   * @param most where counting ends
   * @throws StoreException when the store cannot tell
   */
  public int others(String proof, long answer, int most) throws StoreException {
    long hash = hashes.proof(proof);
    Instant now = clock.instant();
    long oldest = now.minus(keep).getEpochSecond();
    return readers.ask(session -> ProofUseTable.others(session, hash, answer, now, oldest, most));
  }
}
