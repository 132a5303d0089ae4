package dev.backstop.edge;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;

/**
 * One peer's connection. Reading and writing block the calling (virtual) thread; the {@link
 * Listener} closes the connection when the deadline passes, which ends whatever blocks. That is
 * cheaper than a timer for each read, and it holds for unix sockets and for writes too.
 *
 * <p>One thread reads. Several may write: {@link #write} is whole or not at all.
 */
public final class Connection implements Closeable {
  private static final Duration UNTIL_FIRST_READ = Duration.ofMinutes(1);

  private final ByteChannel channel;
  private volatile long deadline;
  private volatile boolean timedOut;

  public Connection(ByteChannel channel) {
    this.channel = channel;
    expectWithin(UNTIL_FIRST_READ);
  }

  /** From now on the connection lives that long, until this is called again. */
  public void expectWithin(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  /**
   * Reads what there is, at least one octet.
   *
   * @return the number of octets, or -1 when the peer has closed
   */
  public int read(byte[] buffer, int from, int length) throws IOException {
    return channel.read(ByteBuffer.wrap(buffer, from, length));
  }

  /** Writes all of it, uninterrupted by other writers. */
  public synchronized void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Closes the connection if its time is over. */
  void closeIfLate(long now) {
    if (now - deadline > 0 && channel.isOpen()) {
      timedOut = true;
      close();
    }
  }

  /** Whether it was closed because its time was over. */
  public boolean timedOut() {
    return timedOut;
  }

  /** Ends whatever blocks on this connection; never throws. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way, and nothing of ours is lost with it.
    }
  }
}
