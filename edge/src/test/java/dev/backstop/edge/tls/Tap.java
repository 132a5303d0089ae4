package dev.backstop.edge.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A channel between TLS and the socket that cuts, breaks off and gets stuck on demand. */
final class Tap implements ByteChannel {
  private final ByteChannel plain;
  private final Random random;
  private final int piece;
  private final CountDownLatch closed = new CountDownLatch(1);
  volatile boolean sawEnd;
  volatile boolean stuck;
  volatile int breakAfter = Integer.MAX_VALUE;

  /**
   * Cuts what goes through into pieces.
   *
   * @param piece the longest
   */
  Tap(ByteChannel plain, int piece, long seed) {
    this.plain = plain;
    this.piece = piece;
    this.random = new Random(seed);
  }

  Tap(ByteChannel plain) {
    this(plain, Integer.MAX_VALUE - 1, 0);
  }

  private ByteBuffer cut(ByteBuffer whole) {
    int most = 1 + random.nextInt(piece);
    return whole.slice(whole.position(), Math.min(most, whole.remaining()));
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count = plain.read(cut(target));
    sawEnd |= count < 0;
    target.position(target.position() + Math.max(0, count));
    return count;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    if (stuck) {
      awaitClosed();
    }
    if (source.remaining() > breakAfter) {
      plain.write(source.slice(source.position(), breakAfter));
      plain.close();
      throw new ClosedChannelException();
    }
    int count = plain.write(cut(source));
    source.position(source.position() + count);
    return count;
  }

  private void awaitClosed() throws ClosedChannelException {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ClosedChannelException();
  }

  /** Whether it was closed within a time that is long enough for anything. */
  boolean awaitClose() throws InterruptedException {
    return closed.await(30, TimeUnit.SECONDS);
  }

  @Override
  public boolean isOpen() {
    return plain.isOpen();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    plain.close();
  }
}
