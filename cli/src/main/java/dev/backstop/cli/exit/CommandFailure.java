package dev.backstop.cli.exit;

/** Ends a command with a message for the user, without a stack trace. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * What the user is told.
   *
   * @param status one of {@link ExitStatus}
   * @param message what could not be done and what to do about it
   */
  public CommandFailure(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
