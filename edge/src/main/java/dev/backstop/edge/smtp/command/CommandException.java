package dev.backstop.edge.smtp.command;

/** A command that cannot be read; its message is for the client's administrator. */
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String status;

  public CommandException(int code, String status, String reason) {
    super(reason);
    this.code = code;
    this.status = status;
  }

  /** Of the reply, 500 to 555. */
  public int code() {
    return code;
  }

  /** Enhanced status code of the reply (RFC 3463). */
  public String status() {
    return status;
  }
}
