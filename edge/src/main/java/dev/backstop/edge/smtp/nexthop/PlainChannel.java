package dev.backstop.edge.smtp.nexthop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/**
 * A socket that can be asked whether anything has come, without waiting. Once the connection is
 * encrypted it hands out one TLS record at most with each read, so that what has come and was not
 * asked for is still in the socket and not in a buffer above. Reading and {@link #look} are for one
 * thread at a time, closing for all.
 */
final class PlainChannel implements ByteChannel {
  private static final int RECORD_HEADER = 5;
  private static final int NOTHING = -1;

  private final SocketChannel socket;
  private int pending = NOTHING;
  private boolean records;
  private int headerLeft = RECORD_HEADER;
  private int bodyLeft;

  /** What a look at the socket shows. */
  enum Look {
    QUIET,
    OCTETS,
    CLOSED
  }

  PlainChannel(SocketChannel socket) {
    this.socket = socket;
  }

  /** From here on all that comes are TLS records. */
  void expectRecords() {
    records = true;
  }

  /** Whether octets are there, or the peer has closed. Does not wait. */
  Look look() {
    if (pending != NOTHING) {
      return Look.OCTETS;
    }
    try {
      return lookAtSocket();
    } catch (IOException e) {
      return Look.CLOSED; // broken is as good as closed to whoever wants to use it
    }
  }

  private Look lookAtSocket() throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    socket.configureBlocking(false); // no system call for a virtual thread
    int count;
    try {
      count = socket.read(one);
    } finally {
      socket.configureBlocking(true);
    }
    if (count > 0) {
      pending = one.get(0) & 0xff;
      return Look.OCTETS;
    }
    return count == 0 ? Look.QUIET : Look.CLOSED;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!target.hasRemaining()) {
      return 0;
    }
    int count = pending == NOTHING ? readSocket(target) : readPending(target);
    if (records && count > 0) {
      count(target, target.position() - count, count);
    }
    return count;
  }

  private int readPending(ByteBuffer target) {
    target.put((byte) pending);
    pending = NOTHING;
    return 1;
  }

  private int readSocket(ByteBuffer target) throws IOException {
    if (!records) {
      return socket.read(target);
    }
    int limit = target.limit();
    int most = headerLeft > 0 ? headerLeft : bodyLeft;
    target.limit(Math.min(limit, target.position() + most));
    try {
      return socket.read(target);
    } finally {
      target.limit(limit);
    }
  }

  /** RFC 8446 §5.1: type, version of two octets, length of two octets, content. */
  private void count(ByteBuffer octets, int from, int count) {
    if (headerLeft == 0) {
      bodyLeft -= count;
    }
    for (int i = from; headerLeft > 0 && i < from + count; i++, headerLeft--) {
      bodyLeft = (bodyLeft << 8 | (octets.get(i) & 0xff)) & 0xffff; // the last two remain
    }
    if (headerLeft == 0 && bodyLeft == 0) {
      headerLeft = RECORD_HEADER;
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return socket.write(source);
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
