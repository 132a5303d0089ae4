package dev.backstop.store;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite's result codes in words. */
final class Faults {
  private Faults() {}

  /** True when the file itself is damaged, so that trying again cannot help. */
  static boolean isCorrupt(SQLException e) {
    SQLiteErrorCode code = primary(e);
    return code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
  }

  /** What is wrong, as part of a sentence. */
  static String words(SQLException e) {
    return switch (primary(e)) {
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> "another program has locked it";
      case SQLITE_FULL -> "the disk is full";
      case SQLITE_CORRUPT, SQLITE_NOTADB -> "the file is damaged";
      case SQLITE_IOERR -> "the disk fails (" + e.getMessage() + ")";
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
          "it cannot be opened or written (" + e.getMessage() + ")";
      default -> String.valueOf(e.getMessage());
    };
  }

  /** How to mend it, as a sentence. */
  static String mend(SQLException e) {
    return switch (primary(e)) {
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> "End the other program, then start again";
      case SQLITE_FULL -> "Free some space, then start again";
      case SQLITE_CORRUPT, SQLITE_NOTADB -> "Move the file away, then start again";
      default -> "Check the disk, the folder and its owner, then start again";
    };
  }

  /** The low octet: extended codes refine it. */
  private static SQLiteErrorCode primary(SQLException e) {
    int code = e instanceof SQLiteException s ? s.getResultCode().code : e.getErrorCode();
    return SQLiteErrorCode.getErrorCode(code & 0xff);
  }
}
