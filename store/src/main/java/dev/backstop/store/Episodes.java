package dev.backstop.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Attacks, and what is usual without them. Thread-safe; methods block the calling thread for at
 * most a few seconds and are refused at once while the store fails: nothing here belongs on the
 * path of a message.
 */
public final class Episodes {
  private static final int MOST_LISTED = 1_000;
  private final @Nullable Writer writer;
  private final Readers readers;

  Episodes(@Nullable Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * Writes an attack, in the place of what was written of it before.
   *
   * @throws StoreException when it is not certain that it is on disk
   */
  public void save(EpisodeRow episode) throws StoreException {
    write(new Write.Attack(episode));
  }

  /**
   * Writes what is usual, in the place of all that was written before.
   *
   * @throws StoreException when it is not certain that it is on disk
   */
  public void saveUsual(List<UsualRow> usual) throws StoreException {
    write(new Write.Habits(List.copyOf(usual)));
  }

  private void write(Write work) throws StoreException {
    if (writer == null) {
      throw new StoreException("it was opened to be read only", null);
    }
    writer.write(work);
  }

  /**
   * The attacks that were seen at that time or later, and those that are running, the latest to
   * begin first.
   *
   * @param most taken as 1,000 when more
   */
  public List<EpisodeRow> list(Instant from, int most) throws StoreException {
    int bounded = Math.clamp(most, 0, MOST_LISTED);
    return readers.ask(session ->
        EpisodeTable.exists(session) ? EpisodeTable.list(session, from, bounded) : List.of());
  }

  /** The attacks that have not ended, the latest to begin first. */
  public List<EpisodeRow> running() throws StoreException {
    return readers.ask(session -> EpisodeTable.running(session, MOST_LISTED));
  }

  /** One attack. */
  public Optional<EpisodeRow> find(String id) throws StoreException {
    return readers.ask(session ->
        EpisodeTable.exists(session) ? EpisodeTable.find(session, id) : Optional.empty());
  }

  /** What {@link #saveUsual} wrote last. */
  public List<UsualRow> usual() throws StoreException {
    return readers.ask(EpisodeTable::usual);
  }
}
