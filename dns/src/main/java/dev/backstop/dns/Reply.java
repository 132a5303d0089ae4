package dev.backstop.dns;

/** What came back from one server. */
sealed interface Reply {
  /** A packet that answers the question asked, in whatever way; whole, but not read yet. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares packets
  record Packet(byte[] octets) implements Reply {}

  /** Nothing in time. */
  record Silence() implements Reply {}

  /** The server could not be reached, or broke off. */
  record Failure(String reason) implements Reply {}
}
