package dev.backstop.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;

/**
 * Opens sessions on the one file and replaces the file when it is damaged. The writer's thread
 * opens for writing and replaces; any thread opens for reading.
 */
final class Database {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private final DataFolder folder;
  private final long keyCheck;
  private final StoreSettings settings;
  private final Tuning tuning;
  private final InstantSource clock;
  private final Completeness completeness;
  private final AtomicInteger generation = new AtomicInteger();

  Database(
      DataFolder folder,
      long keyCheck,
      StoreSettings settings,
      Tuning tuning,
      InstantSource clock,
      Completeness completeness) {
    this.folder = folder;
    this.keyCheck = keyCheck;
    this.settings = settings;
    this.tuning = tuning;
    this.clock = clock;
    this.completeness = completeness;
  }

  Path file() {
    return folder.database();
  }

  /** Counts the files: a session on an older one must be closed. */
  int generation() {
    return generation.get();
  }

  /** A session for the writer: migrated, and the state says that we are here. */
  Session openForWriting() throws SQLException {
    var session = Session.open(file(), writing());
    try {
      Schema.migrate(session, clock.instant()).ifPresent(Database::warn);
      session.begin();
      long seen = completeness.failures();
      Optional<String> gap =
          StateTable.arrive(
              session,
              clock.instant(),
              keyCheck,
              completeness.isMarked(),
              settings.downTimeTolerated());
      session.commit();
      gap.ifPresent(Database::warn);
      if (gap.isPresent() || seen == 0) {
        completeness.covered(seen);
      }
      return session;
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  private static void warn(String gap) {
    LOG.warn("the journal counts as complete from now only: {}", gap);
  }

  /**
   * A session that cannot write. Never opened while the files are being renamed, and opened to the
   * end: SQLite finds the log by its name, which must still be that of the same file.
   */
  synchronized Session openForReading() throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout((int) tuning.busy().toMillis());
    config.setTempStore(TempStore.MEMORY);
    var session = Session.open(file(), config);
    try {
      Schema.version(session);
      return session;
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  /** Refuses a file of another key, or one that no server of this release has opened yet. */
  void check(Session session) throws SQLException {
    if (Schema.version(session) < Schema.VERSION) {
      throw new Schema.TooOldException();
    }
    StateTable.State state = StateTable.read(session);
    if (state != null && state.keyCheck() != keyCheck) {
      throw new SQLException("it was made with another key");
    }
  }

  /** True while a server writes to the file: its heart beat within the time tolerated. */
  boolean isAlive(Session session) throws SQLException {
    StateTable.State state = StateTable.read(session);
    Instant oldest = clock.instant().minus(Writer.BEAT.multipliedBy(2));
    return state != null && state.heartbeat().isAfter(oldest) && completeness.isMarked();
  }

  /** Renames the damaged file; the next session starts a new one. */
  synchronized void moveAside(SQLException damage) throws IOException {
    Path aside = folder.moveAside(clock.instant());
    generation.incrementAndGet();
    LOG.error(
        "{} is damaged ({}): moved to {}, a new one is started. What was sent before is not known"
            + " any more; answers to it can only be proved by their tags",
        file(),
        damage.getMessage(),
        aside);
  }

  private SQLiteConfig writing() {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    // FULL: a commit has reached the disk when it returns, also when the power fails.
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout((int) tuning.busy().toMillis());
    config.setCacheSize(-16_000); // KiB
    // Pages. The commit that reaches it writes them into the database while mail waits: few, so
    // that a slow disk is done with them well within the callers' patience.
    config.setWalAutocheckpoint(1_000);
    config.setJournalSizeLimit(64 << 20);
    config.setTempStore(TempStore.MEMORY);
    config.setGetGeneratedKeys(false);
    // Events have addresses: what is deleted is overwritten where that costs no extra write.
    config.setPragma(Pragma.SECURE_DELETE, "FAST");
    if (tuning.mostPages() > 0) {
      config.setMaxPageCount(tuning.mostPages());
    }
    return config;
  }
}
