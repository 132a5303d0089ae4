package dev.backstop.server.config;

/** Text that is passed on to a server as it stands. */
final class Plain {
  private static final int MOST = 2000;

  private Plain() {}

  /**
   * One line that says something.
   *
   * @throws IllegalArgumentException with the reason in plain words
   */
  static String line(String text) {
    if (text.isBlank() || text.length() > MOST) {
      throw new IllegalArgumentException("must have 1 to " + MOST + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("must have no control characters");
    }
    return text;
  }
}
