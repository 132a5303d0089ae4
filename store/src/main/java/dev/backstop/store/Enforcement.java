package dev.backstop.store;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which domains were switched to enforcing by themselves, and since when. When the file is damaged
 * and begun anew none is: a domain then observes, which refuses nothing.
 *
 * <p>Thread-safe; methods block the calling (virtual) thread for at most a few seconds and are
 * refused at once while the store fails.
 */
public final class Enforcement {
  private final @Nullable Writer writer;
  private final Readers readers;

  Enforcement(@Nullable Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /** The domains, in lower case, and since when, to the second. */
  public Map<String, Instant> all() throws StoreException {
    return readers.ask(EnforcementTable::all);
  }

  /**
   * Returns when it is on disk. A domain that enforces already does so since it began.
   *
   * @throws StoreException when it is not certain that it is on disk
   */
  public void begin(String domain, Instant at) throws StoreException {
    write(new Write.Enforced(domain.toLowerCase(Locale.ROOT), at.getEpochSecond()));
  }

  /**
   * Returns when it is on disk; a domain that does not enforce is no error.
   *
   * @throws StoreException when it is not certain that it is on disk
   */
  public void end(String domain) throws StoreException {
    write(new Write.Observed(domain.toLowerCase(Locale.ROOT)));
  }

  private void write(Write write) throws StoreException {
    if (writer == null) {
      throw new StoreException("it was opened to be read only", null);
    }
    writer.write(write);
  }
}
