package dev.backstop.edge;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One peer's connection. Reading and writing block the calling (virtual) thread; the {@link
 * Listener} closes the connection when the deadline passes, which ends whatever blocks. That is
 * cheaper than a timer for each read, and it holds for unix sockets and for writes too.
 *
 * <p>One thread reads. Several may write: {@link #write} is whole or not at all.
 */
public final class Connection implements Closeable {
  private static final Duration UNTIL_FIRST_READ = Duration.ofMinutes(1);

  private volatile ByteChannel channel;
  private volatile byte @Nullable [] parting;
  private volatile long deadline;
  private volatile boolean timedOut;

  public Connection(ByteChannel channel) {
    this.channel = channel;
    expectWithin(UNTIL_FIRST_READ);
  }

  /** The other end; {@code null} when it has no internet address. */
  public @Nullable InetSocketAddress remote() {
    return channel instanceof SocketChannel socket ? internet(socket::getRemoteAddress) : null;
  }

  /** This end; {@code null} when it has no internet address. */
  public @Nullable InetSocketAddress local() {
    return channel instanceof SocketChannel socket ? internet(socket::getLocalAddress) : null;
  }

  private interface End {
    SocketAddress get() throws IOException;
  }

  private static @Nullable InetSocketAddress internet(End end) {
    try {
      return end.get() instanceof InetSocketAddress address ? address : null;
    } catch (IOException e) {
      return null; // closed meanwhile
    }
  }

  /** From now on everything goes through another channel, which talks over the present one. */
  public void through(Wrapping wrapping) throws IOException {
    channel = wrapping.around(channel);
  }

  /** Puts a channel around another. */
  public interface Wrapping {
    ByteChannel around(ByteChannel plain) throws IOException;
  }

  /** What the peer is told when its time is over; nothing before this is called. */
  public void partWith(byte[] words) {
    parting = words;
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

  /** Closes the connection if its time is over; {@code now} is {@link System#nanoTime}. */
  public void closeIfLate(long now) {
    if (now - deadline <= 0 || !channel.isOpen()) {
      return;
    }
    timedOut = true;
    byte[] words = parting;
    if (words == null) {
      close();
    } else { // a peer that takes nothing must not hold up the watch: closed at the next look
      parting = null;
      Thread.ofVirtual().name("parting").start(() -> sayAndClose(words));
    }
  }

  private void sayAndClose(byte[] words) {
    try {
      write(ByteBuffer.wrap(words));
    } catch (IOException e) {
      // It is late already, and gone now.
    } finally {
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
