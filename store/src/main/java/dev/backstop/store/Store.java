package dev.backstop.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The store of one server: a folder with one SQLite file.
 *
 * <p>When the disk is full, the file locked or the disk failing, {@link Journal#record} throws, at
 * once after the first time, until the store has found by itself that it works again. A damaged
 * file is renamed and a new one started, at open as well as later. Nothing here stops mail: what a
 * failing store means for a message is the caller's policy.
 *
 * <p>Thread-safe.
 */
public final class Store implements AutoCloseable {
  private static final int JOURNAL_READERS = 2;
  private final DataFolder folder;
  private final Inbox inbox;
  private final StoreCounters counters;
  private final Pulse pulse;
  private final @Nullable Writer writer;
  private final Readers journalReaders;
  private final Readers eventReaders;
  private final Journal journal;
  private final Arrivals arrivals;
  private final ProofUses proofUses;
  private final EventLog events;
  private final Streams streams;
  private final Enforcement enforcement;
  private final Reporters reporters;
  private final Episodes episodes;

  private Store(Parts parts, @Nullable Session session) {
    folder = parts.folder;
    inbox = new Inbox();
    counters = new StoreCounters(inbox::depth);
    pulse = new Pulse(folder.database(), parts.clock);
    writer =
        session == null
            ? null
            : new Writer(
                parts.database,
                session,
                inbox,
                pulse,
                parts.completeness,
                counters,
                parts.settings,
                parts.tuning,
                parts.clock);
    journalReaders = readers("backstop-store-journal", JOURNAL_READERS, parts);
    // Apart, so that a long report never delays a lookup for mail.
    eventReaders = readers("backstop-store-events", 1, parts);
    journal =
        new Journal(
            parts.hashes,
            writer,
            journalReaders,
            parts.database,
            parts.completeness,
            counters,
            parts.settings.journalKeep(),
            parts.clock);
    arrivals =
        new Arrivals(
            parts.hashes, writer, journalReaders, parts.settings.arrivalsKeep(), parts.clock);
    proofUses =
        new ProofUses(
            parts.hashes, writer, journalReaders, parts.settings.journalKeep(), parts.clock);
    events = new EventLog(inbox, eventReaders, counters);
    streams = new Streams(inbox, eventReaders, counters);
    enforcement = new Enforcement(writer, eventReaders);
    reporters = new Reporters(writer, eventReaders);
    episodes = new Episodes(writer, eventReaders);
  }

  private Readers readers(String name, int count, Parts parts) {
    return new Readers(
        name,
        count,
        parts.database,
        counters,
        parts.tuning.patience(),
        (trouble, generation) -> {
          if (writer != null) {
            writer.suspect(trouble, generation);
          }
        });
  }

  /**
   * Opens the store, makes it when there is none, migrates an older one and replaces a damaged one.
   *
   * @param directory its folder; made when missing
   * @param hashKey secret key of the hashes, 32 octets or more. With another key nothing recorded
   *     before is found, and completeness starts anew
   * @throws UnableToOpenStoreException when it is in use, of a later release, or the disk fails
   */
  public static Store open(
      Path directory, byte[] hashKey, StoreSettings settings, InstantSource clock)
      throws UnableToOpenStoreException {
    return open(directory, hashKey, settings, clock, Tuning.DEFAULTS);
  }

  static Store open(
      Path directory, byte[] hashKey, StoreSettings settings, InstantSource clock, Tuning tuning)
      throws UnableToOpenStoreException {
    var parts = new Parts(directory, hashKey, settings, clock, tuning);
    try {
      parts.folder.prepare();
      if (!parts.folder.lock()) {
        throw new UnableToOpenStoreException(
            "another Backstop is using it", directory, "Stop that one, or use another folder");
      }
      var store = new Store(parts, parts.openOrReplace());
      store.start();
      return store;
    } catch (SQLException e) {
      parts.folder.close();
      throw unable(e, parts.folder.database());
    } catch (IOException e) {
      parts.folder.close();
      throw new UnableToOpenStoreException(
          "the folder cannot be made or written (" + e + ")",
          directory,
          "Check the folder and its owner, then start again",
          e);
    }
  }

  /**
   * Opens the store of a server, which may be running, for looking things up. {@link
   * Journal#record} and its like throw, {@link EventLog#append} and {@link Streams#seen} drop.
   *
   * @throws UnableToOpenStoreException also when there is no store yet
   */
  public static Store openReadOnly(
      Path directory, byte[] hashKey, StoreSettings settings, InstantSource clock)
      throws UnableToOpenStoreException {
    var parts = new Parts(directory, hashKey, settings, clock, Tuning.DEFAULTS);
    if (Files.notExists(parts.folder.database())) {
      throw new UnableToOpenStoreException(
          "there is none", parts.folder.database(), "Start the server once, or name its folder");
    }
    try (Session session = parts.database.openForReading()) {
      parts.database.check(session);
    } catch (SQLException e) {
      throw unable(e, parts.folder.database());
    }
    var store = new Store(parts, null);
    store.inbox.close();
    store.start();
    return store;
  }

  private static UnableToOpenStoreException unable(SQLException e, Path file) {
    if (e instanceof Schema.TooNewException) {
      return new UnableToOpenStoreException(
          String.valueOf(e.getMessage()), file, "Install the release that made it, or a later", e);
    }
    if (e instanceof Schema.TooOldException) {
      return new UnableToOpenStoreException(
          String.valueOf(e.getMessage()),
          file,
          "Start the server once, it brings it up to date",
          e);
    }
    return new UnableToOpenStoreException(Faults.words(e), file, Faults.mend(e), e);
  }

  private void start() {
    if (writer != null) {
      writer.start();
    }
    journalReaders.start();
    eventReaders.start();
  }

  /** What we sent. */
  public Journal journal() {
    return journal;
  }

  /** What came. */
  public Arrivals arrivals() {
    return arrivals;
  }

  /** Which answers used which proof. */
  public ProofUses proofUses() {
    return proofUses;
  }

  /** What happened. */
  public EventLog events() {
    return events;
  }

  /** What leaves past us. */
  public Streams streams() {
    return streams;
  }

  /** Which domains enforce by themselves. */
  public Enforcement enforcement() {
    return enforcement;
  }

  /** Which hosts reported what. */
  public Reporters reporters() {
    return reporters;
  }

  /** Who was attacked. */
  public Episodes episodes() {
    return episodes;
  }

  /** Whether it can be written just now. */
  public Health health() {
    return pulse.health();
  }

  /** For metrics. */
  public StoreCounters counters() {
    return counters;
  }

  /** Writes what waits, then closes; returns within seconds also when the disk hangs. */
  @Override
  public void close() {
    journalReaders.close();
    eventReaders.close();
    if (writer != null) {
      writer.close();
    }
    folder.close();
  }

  /** What both ways of opening need. */
  private static final class Parts {
    private final DataFolder folder;
    private final Hashes hashes;
    private final StoreSettings settings;
    private final InstantSource clock;
    private final Tuning tuning;
    private final Completeness completeness;
    private final Database database;

    Parts(
        Path directory,
        byte[] hashKey,
        StoreSettings settings,
        InstantSource clock,
        Tuning tuning) {
      this.folder = new DataFolder(directory);
      this.hashes = new Hashes(hashKey);
      this.settings = settings;
      this.clock = clock;
      this.tuning = tuning;
      this.completeness = new Completeness(folder.marker());
      this.database =
          new Database(folder, hashes.keyCheck(), settings, tuning, clock, completeness);
    }

    private Session openOrReplace() throws SQLException, IOException {
      try {
        return database.openForWriting();
      } catch (SQLException e) {
        if (!Faults.isCorrupt(e)) {
          throw e;
        }
        database.moveAside(e);
        return database.openForWriting();
      }
    }
  }
}
