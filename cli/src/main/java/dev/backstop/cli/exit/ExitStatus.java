package dev.backstop.cli.exit;

/** The exit statuses of all commands. */
public final class ExitStatus {
  /** Done. */
  public static final int DONE = 0;

  /** Done, but some input could not be read; which, is said on standard error. */
  public static final int SOME_UNREAD = 1;

  /** Done; the worst that was found is a warning. */
  public static final int WARNINGS = 2;

  /** Done; a problem was found. */
  public static final int PROBLEMS = 3;

  /** Done, but something could not be found out; nothing that was is worse than a note. */
  public static final int NOT_FOUND_OUT = 4;

  /** Wrong usage. */
  public static final int USAGE = 64;

  /** No such input. */
  public static final int NO_INPUT = 66;

  /** Something needed is not there: an address in use, a service that does not answer. */
  public static final int UNAVAILABLE = 69;

  /** A fault in this program. */
  public static final int SOFTWARE = 70;

  /** A file or folder cannot be written. */
  public static final int CANNOT_CREATE = 73;

  /** What was found could not be told: standard output takes no more. */
  public static final int IO_ERROR = 74;

  /** Bad configuration. */
  public static final int CONFIG = 78;

  private ExitStatus() {}
}
