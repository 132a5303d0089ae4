package dev.backstop.it.gateway;

/**
 * What a scripted next hop does at one point of a session.
 *
 * @param octets to say, Latin-1, with their line ends; may be empty
 */
record Answer(String octets, Then then) {
  /** What follows what is said. */
  enum Then {
    GO_ON,
    CLOSE,
    /** Closes with a TCP reset, as the kernel does for a process that was killed. */
    ABORT
  }

  /** A whole reply of one line. */
  static Answer say(String line) {
    return new Answer(line + "\r\n", Then.GO_ON);
  }

  /** Exactly these octets. */
  static Answer raw(String octets) {
    return new Answer(octets, Then.GO_ON);
  }

  static Answer close() {
    return new Answer("", Then.CLOSE);
  }

  static Answer abort() {
    return new Answer("", Then.ABORT);
  }

  Answer thenClose() {
    return new Answer(octets, Then.CLOSE);
  }

  boolean isPositive() {
    return octets.startsWith("2");
  }

  boolean isIntermediate() {
    return octets.startsWith("3");
  }
}
