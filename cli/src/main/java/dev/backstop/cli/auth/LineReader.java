package dev.backstop.cli.auth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of bounded length, as soon as each is there. Ends may be LF or CRLF. For one thread. */
final class LineReader {
  private static final int CHUNK = 64 << 10;

  private final InputStream in;
  private final int bound;
  private final byte[] chunk = new byte[CHUNK];
  private int at;
  private int end;

  /**
   * A line.
   *
   * @param octets without its end; only the beginning when it is too long
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares lines
  record Line(byte[] octets, boolean tooLong) {
    boolean isBlank() {
      for (byte octet : octets) {
        if (octet != ' ' && octet != '\t' && octet != '\r') {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Of that stream.
   *
   * @param bound octets kept of a line; what is beyond is read over
   */
  LineReader(InputStream in, int bound) {
    this.in = in;
    this.bound = bound;
  }

  /** The next line; {@code null} at the end. The last one need not have an end. */
  @Nullable Line next() throws IOException {
    var line = new ByteArrayOutputStream(256);
    boolean any = false;
    boolean tooLong = false;
    while (at < end || fill()) {
      any = true;
      int stop = at;
      while (stop < end && chunk[stop] != '\n') {
        stop++;
      }
      int room = bound - line.size();
      tooLong |= stop - at > room;
      line.write(chunk, at, Math.min(room, stop - at));
      at = stop + 1;
      if (stop < end) {
        break;
      }
    }
    return any ? new Line(line.toByteArray(), tooLong) : null;
  }

  private boolean fill() throws IOException {
    end = Math.max(0, in.read(chunk));
    at = 0;
    return end > 0;
  }
}
