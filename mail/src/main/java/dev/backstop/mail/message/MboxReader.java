package dev.backstop.mail.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an mbox file one after the other (RFC 4155), in memory bounded by one message
 * however large the file is.
 *
 * <p>A message begins with a line {@code From address date} at the beginning or after an empty
 * line; the date is asked for, because texts begin paragraphs with "From " too. Quoted {@code >From
 * } lines stay quoted: taking the quotes off would change signed bytes of files that never quoted.
 * Not thread-safe.
 */
public final class MboxReader {
  private final InputStream in;
  private final int bound;
  private final byte[] chunk = new byte[64 << 10];
  private int chunkAt;
  private int chunkEnd;

  private byte[] message = new byte[64 << 10];
  private int length;
  private boolean truncated;

  private byte[] line = new byte[1024];
  private int lineLength;
  private boolean pending;

  /**
   * A reader from the first line on; the stream is not closed.
   *
   * @param bound octets kept of one message; what is beyond is read over
   */
  public MboxReader(InputStream in, int bound) {
    this.in = in;
    this.bound = bound;
  }

  /** The next message, or {@code null} at the end. */
  public @Nullable RawMessage next() throws IOException {
    if (!pending && !readLine()) {
      return null;
    }
    length = 0;
    truncated = false;
    boolean afterEmpty = false;
    do {
      boolean begins = afterEmpty && isSeparator(line, lineLength);
      if (begins) {
        pending = true;
        return split();
      }
      append();
      afterEmpty = isEmpty();
    } while (readLine());
    pending = false;
    return split();
  }

  private RawMessage split() {
    return MessageSplitter.split(message, length, truncated);
  }

  private void append() {
    int room = Math.min(lineLength, bound - length);
    truncated |= room < lineLength;
    if (length + room > message.length) {
      message =
          Arrays.copyOf(message, Math.min(bound, Math.max(length + room, message.length * 2)));
    }
    System.arraycopy(line, 0, message, length, room);
    length += room;
  }

  private boolean isEmpty() {
    return lineLength == 1 || (lineLength == 2 && line[0] == '\r');
  }

  /** A line with its end, or a piece of a very long one. False at the end of the file. */
  private boolean readLine() throws IOException {
    lineLength = 0;
    pending = false;
    while (true) {
      if (chunkAt == chunkEnd) {
        chunkEnd = Math.max(0, in.read(chunk));
        chunkAt = 0;
        if (chunkEnd == 0) {
          return lineLength > 0;
        }
      }
      int end = chunkAt;
      while (end < chunkEnd && chunk[end] != '\n') {
        end++;
      }
      boolean whole = end < chunkEnd;
      int stop = whole ? end + 1 : end;
      addToLine(stop - chunkAt);
      if (whole || lineLength >= chunk.length) {
        return true;
      }
    }
  }

  private void addToLine(int count) {
    if (lineLength + count > line.length) {
      line = Arrays.copyOf(line, Math.max(lineLength + count, line.length * 2));
    }
    System.arraycopy(chunk, chunkAt, line, lineLength, count);
    lineLength += count;
    chunkAt += count;
  }

  /** {@code From } with a time, {@code 12:34}, and a year. */
  public static boolean isSeparator(byte[] line, int length) {
    if (length < 5
        || line[0] != 'F'
        || line[1] != 'r'
        || line[2] != 'o'
        || line[3] != 'm'
        || line[4] != ' ') {
      return false;
    }
    boolean time = false;
    boolean year = false;
    int digits = 0;
    for (int i = 5; i < Math.min(length, 300); i++) {
      boolean digit = line[i] >= '0' && line[i] <= '9';
      digits = digit ? digits + 1 : 0;
      boolean next =
          i + 2 < length && line[i + 1] == ':' && line[i + 2] >= '0' && line[i + 2] <= '9';
      time |= digit && next;
      year |= digits == 4;
    }
    return time && year;
  }
}
