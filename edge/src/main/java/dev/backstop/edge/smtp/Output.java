package dev.backstop.edge.smtp;

import dev.backstop.edge.Connection;
import dev.backstop.edge.smtp.nexthop.HopReply;
import dev.backstop.mail.smtp.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What the client is told. Replies to commands that came together go together (RFC 2920 §3.2). For
 * the session's thread.
 */
final class Output {
  private static final byte[] NOTHING = new byte[0];
  private static final int FLUSH = 4096;

  private final Connection connection;
  private final Duration patience;
  private byte[] waiting = NOTHING;
  private int length;

  /**
   * @param patience how long the client may take to read
   */
  Output(Connection connection, Duration patience) {
    this.connection = connection;
    this.patience = patience;
  }

  /** A reply of one line. */
  void say(String line) throws IOException {
    add(line.getBytes(StandardCharsets.UTF_8));
    add(new byte[] {'\r', '\n'});
  }

  void say(Reply reply) throws IOException {
    say(reply.toString());
  }

  /** What the next hop said. */
  void say(HopReply reply) throws IOException {
    add(reply.octets());
  }

  /** A reply of several lines with one code (RFC 5321 §4.2.1). */
  void say(int code, List<String> lines) throws IOException {
    for (int i = 0; i < lines.size(); i++) {
      boolean last = i == lines.size() - 1;
      say(code + (last ? " " : "-") + lines.get(i));
    }
  }

  private void add(byte[] octets) throws IOException {
    if (length + octets.length > waiting.length) {
      waiting = Arrays.copyOf(waiting, Math.max(256, length + octets.length));
    }
    System.arraycopy(octets, 0, waiting, length, octets.length);
    length += octets.length;
    if (length > FLUSH) {
      flush(); // a client that sends commands and reads no answers waits here, not in our memory
    }
  }

  /** Sends what waits, unless more commands have come: their answers go along. */
  void flushUnless(boolean more) throws IOException {
    if (!more) {
      flush();
    }
  }

  /** Sends what waits. */
  void flush() throws IOException {
    if (length > 0) {
      connection.expectWithin(patience);
      ByteBuffer octets = ByteBuffer.wrap(waiting, 0, length);
      length = 0;
      connection.write(octets);
      if (waiting.length > 512) {
        waiting = NOTHING;
      }
    }
  }
}
