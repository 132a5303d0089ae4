package dev.backstop.edge.smtp.content;

import java.io.IOException;

/** Where a message goes. */
public interface Sink {
  /** Takes octets as they are on the wire; they are good during the call only. */
  void write(byte[] octets, int from, int to) throws IOException;
}
