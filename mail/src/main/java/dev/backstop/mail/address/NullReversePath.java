package dev.backstop.mail.address;

/** The sender of bounces and other mail that must not be answered: {@code <>} (RFC 5321 §4.5.5). */
public enum NullReversePath implements ReversePath {
  INSTANCE;

  @Override
  public String toPath() {
    return "<>";
  }

  @Override
  public String toString() {
    return "<>";
  }
}
