package dev.backstop.edge.milter;

import dev.backstop.edge.BufferPool;
import dev.backstop.edge.Connection;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the stream into packets: four octets of length, one command byte, data.
 *
 * <p>Most connections are idle most of the time, so one that waits holds {@value #RESIDENT} octets;
 * only when more than that arrives at once a larger buffer is borrowed, and it goes back before the
 * next wait between packets. A declared length is believed only as far as octets have come. Not
 * safe for use by several threads.
 */
final class PacketReader {
  private static final int RESIDENT = 512;
  private static final int LENGTH = 4;

  private final Connection connection;
  private final BufferPool pool;
  private final int mostOctets;
  private final Duration packetTime;
  private final byte[] resident = new byte[RESIDENT];
  private final Packet packet = new Packet();
  private byte[] buffer = resident;
  private int start;
  private int end;
  private boolean borrowed;
  private boolean moreIsWaiting;

  PacketReader(Connection connection, BufferPool pool, Limits limits) {
    this.connection = connection;
    this.pool = pool;
    this.mostOctets = limits.sizes().packet();
    this.packetTime = limits.times().packet();
  }

  /** The data of the packet read last. */
  Packet packet() {
    return packet;
  }

  /**
   * Waits for the next packet.
   *
   * @param patience how long to wait for its first octet
   * @return its command, or {@code null} when the peer has closed between two packets
   */
  @Nullable Command next(Duration patience) throws IOException {
    if (start == end && !beginPacket(patience)) {
      return null;
    }
    if (end - start < LENGTH) {
      complete(LENGTH);
    }
    packet.show(buffer, start, end);
    int length = packet.int32(0);
    if (length < 1 || length > mostOctets) { // also what would be more than 2^31
      throw new BadPacketException("packet of " + Integer.toUnsignedString(length) + " octets");
    }
    if (end - start < LENGTH + length) {
      complete(LENGTH + length);
    }
    return taken(length);
  }

  private Command taken(int length) throws BadPacketException {
    Command command = Command.of(buffer[start + LENGTH]);
    if (command == null) {
      throw new BadPacketException("unknown command " + (buffer[start + LENGTH] & 0xff));
    }
    packet.show(buffer, start + LENGTH + 1, start + LENGTH + length);
    start += LENGTH + length;
    return command;
  }

  private boolean beginPacket(Duration patience) throws IOException {
    start = 0;
    end = 0;
    if (moreIsWaiting) {
      larger(buffer.length + 1);
    } else {
      giveBack();
    }
    connection.expectWithin(patience);
    return read();
  }

  /** The deadline is not moved by a peer that sends an octet now and then. */
  private void complete(int needed) throws IOException {
    connection.expectWithin(packetTime);
    while (end - start < needed) {
      makeRoom(needed);
      if (!read()) {
        throw new BadPacketException("connection ended within a packet");
      }
    }
  }

  private boolean read() throws IOException {
    int room = buffer.length - end;
    int count = connection.read(buffer, end, room);
    moreIsWaiting = count == room;
    end += Math.max(count, 0);
    return count >= 0;
  }

  private void makeRoom(int needed) throws BadPacketException {
    if (start + needed <= buffer.length) {
      return;
    }
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      larger(buffer.length + 1);
    }
  }

  /** The next size of buffer, as far as a packet can need it. */
  private void larger(int atLeast) throws BadPacketException {
    if (end < buffer.length && buffer.length >= LENGTH + mostOctets) {
      return;
    }
    byte[] next = pool.take(atLeast);
    if (next == null) {
      throw new BadPacketException("no memory left for a packet");
    }
    System.arraycopy(buffer, start, next, 0, end - start);
    end -= start;
    start = 0;
    giveBack();
    buffer = next;
    borrowed = true;
  }

  /** Returns a borrowed buffer; what it held is lost. */
  void giveBack() {
    if (borrowed) {
      pool.give(buffer);
      borrowed = false;
      buffer = resident;
    }
  }
}
