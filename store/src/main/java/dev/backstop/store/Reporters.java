package dev.backstop.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reporting hosts have sent us, kept over restarts. Thread-safe; methods block the calling
 * thread for at most a few seconds: none of them belongs on the path of a message.
 */
public final class Reporters {
  /** Rows of one {@link #save}: as many as fit one commit beside mail. */
  public static final int MOST_AT_ONCE = 1_000;

  private final @Nullable Writer writer;
  private final Readers readers;

  Reporters(@Nullable Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * All hosts, in the order of their keys.
   *
   * @param most rows that are read
   */
  public List<ReporterCount> load(int most) throws StoreException {
    return readers.ask(session -> ReporterTable.load(session, most));
  }

  /**
   * Writes counts, in the place of those that these hosts had, forgets other hosts, and returns
   * when that is on disk.
   *
   * @param counts at most {@link #MOST_AT_ONCE}
   * @param gone keys, at most as many
   * @throws StoreException when it is not certain that it is on disk
   */
  public void save(List<ReporterCount> counts, List<String> gone) throws StoreException {
    if (counts.size() > MOST_AT_ONCE || gone.size() > MOST_AT_ONCE) {
      throw new IllegalArgumentException("more than " + MOST_AT_ONCE + " at once");
    }
    write(new Write.Reported(List.copyOf(counts), List.copyOf(gone)));
  }

  /** Forgets all hosts and returns when that is on disk. */
  public void clear() throws StoreException {
    write(new Write.NoReporters());
  }

  private void write(Write work) throws StoreException {
    if (writer == null) {
      throw new StoreException("it was opened to be read only", null);
    }
    writer.write(work);
  }
}
