package dev.backstop.edge.tls;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what comes into records (RFC 8446 §5.1). While nothing has come it holds a small buffer, in
 * which most SMTP commands fit; it grows with what really came, not with what a header promises.
 * Not safe for use by several threads.
 */
final class RecordReader {
  private static final int RESIDENT = 512;
  private static final int HALFWAY = 4096;
  private static final int HEADER = 5;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int APPLICATION_DATA = 23;

  private final ReadableByteChannel plain;
  private final ByteBuffer resident = ByteBuffer.allocate(RESIDENT);

  /** Octets that came and are in no record given out yet stand before its position. */
  private ByteBuffer buffer = resident;

  private int start;
  private ByteBuffer current = ByteBuffer.allocate(0);

  RecordReader(ReadableByteChannel plain) {
    this.plain = plain;
  }

  /**
   * The next whole record, or the last one again while somebody left octets of it. Good until the
   * next call.
   *
   * @return {@code null} when the stream ended between two records
   * @throws EOFException when it ended in the middle of one
   * @throws SSLException when what comes is no TLS
   */
  @Nullable ByteBuffer next() throws IOException {
    if (current.hasRemaining()) {
      return current;
    }
    if (start == buffer.position()) {
      rest();
    }
    if (!fill(HEADER)) {
      return null;
    }
    int length = HEADER + checkedLength();
    fill(length);
    current = buffer.slice(start, length);
    start += length;
    return current;
  }

  /** Octets that this reader occupies. */
  int held() {
    return buffer.capacity();
  }

  private int checkedLength() throws SSLException {
    int type = buffer.get(start);
    int version = buffer.get(start + 1);
    if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA || version != 3) {
      throw new SSLException("the peer does not speak TLS");
    }
    int length = (buffer.get(start + 3) & 0xff) << 8 | (buffer.get(start + 4) & 0xff);
    if (HEADER + length > RecordBuffers.RECORD) {
      throw new SSLException("a TLS record of " + length + " octets is longer than any may be");
    }
    return length;
  }

  /** Reads until so many octets are there; false at a clean end. */
  private boolean fill(int octets) throws IOException {
    while (buffer.position() - start < octets) {
      makeRoom(octets);
      if (plain.read(buffer) < 0) {
        if (buffer.position() > start) {
          throw new EOFException("the connection ended in the middle of a TLS record");
        }
        return false;
      }
    }
    return true;
  }

  private void makeRoom(int octets) {
    if (start > 0 && start + octets > buffer.capacity()) {
      buffer.limit(buffer.position()).position(start);
      buffer.compact();
      start = 0;
    }
    if (!buffer.hasRemaining()) {
      ByteBuffer larger =
          buffer.capacity() == RESIDENT ? ByteBuffer.allocate(HALFWAY) : RecordBuffers.take();
      larger.put(buffer.flip());
      giveBack();
      buffer = larger;
    }
  }

  /** Nothing is held: back to the small buffer. */
  private void rest() {
    giveBack();
    buffer = resident.clear();
    start = 0;
  }

  private void giveBack() {
    if (buffer.capacity() == RecordBuffers.RECORD) {
      RecordBuffers.give(buffer);
    }
  }
}
