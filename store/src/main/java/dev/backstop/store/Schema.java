package dev.backstop.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tables, as numbered steps: {@code user_version} counts those done. A step is never changed
 * once released; the next one is added below it.
 */
final class Schema {
  private Schema() {}

  /** 1: the journal, a {@link DailyTable}. */
  private static final List<String> JOURNAL =
      List.of(
          """
          CREATE TABLE journal (
            day INTEGER NOT NULL,        -- at / 86400
            message BLOB NOT NULL,       -- 16 octets: hash of the Message-ID, random without one
            recipient INTEGER NOT NULL,  -- hash
            sender INTEGER NOT NULL,     -- hash
            at INTEGER NOT NULL,         -- seconds since 1970
            PRIMARY KEY (day, message, recipient)
          ) STRICT, WITHOUT ROWID
          """,
          "CREATE TABLE untagged (sender INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT",
          "CREATE TABLE domain (name INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT",
          """
          CREATE TABLE state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            key_check INTEGER NOT NULL,
            heartbeat INTEGER NOT NULL,     -- seconds: the store worked then
            complete_from INTEGER NOT NULL  -- seconds: nothing is missing since then
          ) STRICT
          """);

  /** 2: events. The index answers the summary without touching the long rows. */
  private static final List<String> EVENTS =
      List.of(
          """
          CREATE TABLE event (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,  -- milliseconds since 1970
            verdict TEXT NOT NULL, action TEXT NOT NULL, mode TEXT NOT NULL, form TEXT NOT NULL,
            domain TEXT NOT NULL, sender TEXT, recipient TEXT, peer TEXT, queue_id TEXT,
            message_id TEXT, evidence TEXT NOT NULL, explanation TEXT NOT NULL
          ) STRICT
          """,
          "CREATE INDEX event_at ON event (at, domain, verdict, action, peer)");

  /** 3: what arrived, clustered as the journal is. */
  private static final List<String> ARRIVALS =
      List.of(
          """
          CREATE TABLE arrival (
            day INTEGER NOT NULL,     -- at / 86400
            message BLOB NOT NULL,    -- 16 octets: hash of the Message-ID
            sender INTEGER NOT NULL,  -- hash of the reverse-path
            author INTEGER NOT NULL,  -- hash of the address in From
            spf TEXT NOT NULL, dkim TEXT NOT NULL, dmarc TEXT NOT NULL,
            at INTEGER NOT NULL,      -- seconds since 1970
            PRIMARY KEY (day, message, sender)
          ) STRICT, WITHOUT ROWID
          """);

  /**
   * 4: who wrote to whom; what more is known of an event; mail that leaves past us; domains that
   * enforce. Events of before do not say what enforcing would have done. See also {@link
   * #COMPARED_OTHERWISE}.
   */
  private static final List<String> PROOFS =
      List.of(
          """
          CREATE TABLE correspondence (
            day INTEGER NOT NULL,        -- at / 86400
            writer INTEGER NOT NULL,     -- hash
            recipient INTEGER NOT NULL,  -- hash, or that of everybody
            at INTEGER NOT NULL,         -- seconds since 1970: last on that day
            messages INTEGER NOT NULL,   -- for everybody: times their recipients
            PRIMARY KEY (day, writer, recipient)
          ) STRICT, WITHOUT ROWID
          """,
          "ALTER TABLE event ADD COLUMN enforced TEXT",
          "ALTER TABLE event ADD COLUMN reporter TEXT",
          "ALTER TABLE event ADD COLUMN source TEXT",
          "ALTER TABLE event ADD COLUMN subject TEXT",
          "CREATE INDEX event_domain ON event (domain, at, verdict, enforced, action)",
          "CREATE INDEX event_recipient ON event (recipient COLLATE NOCASE, at)",
          """
          CREATE TABLE stream (
            domain TEXT NOT NULL, kind TEXT NOT NULL, source TEXT NOT NULL,
            first INTEGER NOT NULL, last INTEGER NOT NULL,  -- seconds since 1970
            messages INTEGER NOT NULL, example TEXT NOT NULL,
            PRIMARY KEY (domain, kind, source)
          ) STRICT, WITHOUT ROWID
          """,
          "CREATE INDEX stream_newest ON stream (domain, last)",
          "CREATE INDEX stream_oldest ON stream (last)",
          """
          CREATE TABLE enforcement (
            domain TEXT PRIMARY KEY,
            at INTEGER NOT NULL  -- seconds since 1970
          ) STRICT, WITHOUT ROWID
          """);

  /** 5: which answers used which proof. */
  private static final List<String> USES =
      List.of(
          """
          CREATE TABLE proof_use (
            day INTEGER NOT NULL,     -- at / 86400
            proof INTEGER NOT NULL,   -- hash
            answer INTEGER NOT NULL,  -- hash
            PRIMARY KEY (day, proof, answer)
          ) STRICT, WITHOUT ROWID
          """);

  /** 6: reporting hosts, written as what they are, for people and exports. */
  private static final List<String> REPORTERS =
      List.of(
          """
          CREATE TABLE reporter (
            host TEXT NOT NULL PRIMARY KEY,  -- address, or network of 64 bits
            name TEXT NOT NULL,              -- as told last, or empty
            backscatter REAL NOT NULL,       -- as of that time: it fades
            genuine REAL NOT NULL,
            at INTEGER NOT NULL              -- seconds since 1970
          ) STRICT, WITHOUT ROWID
          """);

  /**
   * 7: attacks, few rows; and what is usual without them, a few thousand. Times in milliseconds.
   */
  private static final List<String> ATTACKS =
      List.of(
          """
          CREATE TABLE episode (
            id TEXT PRIMARY KEY, scope TEXT NOT NULL, name TEXT NOT NULL,
            began INTEGER NOT NULL, last_seen INTEGER NOT NULL,
            ended INTEGER,  -- NULL while it lasts
            messages INTEGER NOT NULL,
            details TEXT NOT NULL  -- JSON
          ) STRICT
          """,
          "CREATE INDEX episode_last_seen ON episode (last_seen)",
          """
          CREATE TABLE usual (
            scope TEXT NOT NULL, hash INTEGER NOT NULL,
            burst REAL NOT NULL, hour REAL NOT NULL,
            once_burst REAL NOT NULL, once_hour REAL NOT NULL, once INTEGER,
            seen INTEGER NOT NULL, known INTEGER NOT NULL,
            PRIMARY KEY (scope, hash)
          ) STRICT, WITHOUT ROWID
          """);

  private static final List<List<String>> STEPS =
      List.of(JOURNAL, EVENTS, ARRIVALS, PROOFS, USES, REPORTERS, ATTACKS);

  static final int VERSION = STEPS.size();

  /**
   * From this version on Message-IDs are compared in another way: those hashed before are not found
   * any more.
   */
  private static final int COMPARED_OTHERWISE = 4;

  /**
   * Brings the file to {@link #VERSION}; each step is a transaction of its own.
   *
   * @return why the journal counts as complete from now on only; empty when it does not
   */
  static Optional<String> migrate(Session session, Instant now) throws SQLException {
    Optional<String> gap = Optional.empty();
    for (long version = version(session); version < VERSION; version++) {
      session.begin();
      for (String statement : STEPS.get((int) version)) {
        session.execute(statement);
      }
      if (version + 1 == COMPARED_OTHERWISE && hasRows(session)) {
        StateTable.completeFrom(session, now);
        gap =
            Optional.of(
                "this release compares Message-IDs in another way, so those of earlier mail are not"
                    + " found any more");
      }
      session.execute("PRAGMA user_version = " + (version + 1));
      session.commit();
    }
    return gap;
  }

  private static boolean hasRows(Session session) throws SQLException {
    return session.number("SELECT EXISTS (SELECT 1 FROM journal)") == 1;
  }

  /** The file's version. */
  static long version(Session session) throws SQLException {
    long version = session.number("PRAGMA user_version");
    if (version > VERSION) {
      throw new TooNewException(version);
    }
    return version;
  }

  /** The file was made by an earlier release and not migrated yet. */
  static final class TooOldException extends SQLException {
    private static final long serialVersionUID = 1L;

    TooOldException() {
      super("it was made by an earlier release");
    }
  }

  /** The file was made by a later release. */
  static final class TooNewException extends SQLException {
    private static final long serialVersionUID = 1L;

    TooNewException(long version) {
      super("it has version " + version + ", this release knows versions up to " + VERSION);
    }
  }
}
