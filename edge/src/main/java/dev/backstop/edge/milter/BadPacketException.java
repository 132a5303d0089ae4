package dev.backstop.edge.milter;

import java.io.IOException;

/** The peer broke the protocol or its bounds: nothing it says afterwards can be understood. */
final class BadPacketException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param problem safe to log: no text of the peer's
   */
  BadPacketException(String problem) {
    super(problem);
  }
}
