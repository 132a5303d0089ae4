package dev.backstop.server.config;

/** What is done about a verdict. */
public enum Mode {
  /** Everything passes; the verdict is recorded. */
  OBSERVE,
  /** Backscatter is refused in the session. */
  ENFORCE;

  /** As written in the file. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
