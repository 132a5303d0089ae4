package dev.backstop.edge.smtp.nexthop;

import dev.backstop.edge.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Octets to and from a next hop, each step with a deadline. One thread talks; any may call {@link
 * #tick} and {@link #abort}. Every failure is a {@link BrokenHopException} in plain words.
 */
final class Wire {
  private static final int ROOM = 512;
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);
  private static final int RECORD = 16 * 1024; // the content of a TLS record, RFC 8446 §5.1

  private final SocketChannel socket;
  private final PlainChannel plain;

  /** Holds the deadline, and ends whatever blocks by closing the socket under any encryption. */
  private final Connection deadline;

  private final ReplyReader replies = new ReplyReader(this::read, ROOM);
  private ByteChannel channel;
  private boolean freshlySecured;

  private Wire(SocketChannel socket) {
    this.socket = socket;
    this.plain = new PlainChannel(socket);
    this.channel = plain;
    this.deadline = new Connection(plain);
  }

  /** Not connected yet: it can be watched before it can block. */
  static Wire to(SocketAddress address) throws BrokenHopException {
    try {
      return new Wire(
          address instanceof InetSocketAddress
              ? SocketChannel.open()
              : SocketChannel.open(StandardProtocolFamily.UNIX));
    } catch (IOException e) {
      throw new BrokenHopException("cannot be connected: " + e.getMessage(), e);
    }
  }

  void connect(SocketAddress address, Duration time) throws BrokenHopException {
    deadline.expectWithin(time);
    try {
      socket.connect(address);
      if (address instanceof InetSocketAddress) {
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true); // else 40 ms for each dot
      }
    } catch (IOException e) {
      throw late("did not take the connection", e, "cannot be connected: " + e.getMessage());
    }
  }

  /** Everything in one write. */
  void send(byte[] octets, int from, int length, Duration time) throws BrokenHopException {
    deadline.expectWithin(time);
    try {
      ByteBuffer bytes = ByteBuffer.wrap(octets, from, length);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw late("took nothing", e, "closed the connection");
    }
  }

  void sendLine(String line, Duration time) throws BrokenHopException {
    byte[] octets = (line + "\r\n").getBytes(StandardCharsets.UTF_8);
    send(octets, 0, octets.length, time);
  }

  HopReply reply(Duration time) throws BrokenHopException {
    deadline.expectWithin(time);
    try {
      return replies.next();
    } catch (BrokenHopException e) {
      throw deadline.timedOut() ? late("did not answer", e, "") : e;
    } catch (IOException e) {
      throw late("did not answer", e, "closed the connection");
    }
  }

  HopReply ask(String line, Duration time) throws BrokenHopException {
    if (freshlySecured) {
      // Session tickets (RFC 8446 §4.6.1) may lie there. They come before the reply and are read
      // with it; whatever else is there is found before the next command.
      freshlySecured = false;
    } else {
      requireQuiet();
    }
    sendLine(line, time);
    return reply(time);
  }

  private int read(byte[] buffer, int from, int length) throws IOException {
    return channel.read(ByteBuffer.wrap(buffer, from, length));
  }

  /** A hop that talks without being asked would have its words taken for answers to the next. */
  void requireQuiet() throws BrokenHopException {
    switch (replies.hasMore() ? PlainChannel.Look.OCTETS : plain.look()) {
      case QUIET -> {}
      case OCTETS -> throw new BrokenHopException("sent something before it was asked");
      case CLOSED -> throw late("was not used", null, "closed the connection");
    }
  }

  boolean isQuiet() {
    return !replies.hasMore() && plain.look() == PlainChannel.Look.QUIET;
  }

  boolean isOpen() {
    return plain.isOpen();
  }

  boolean timedOut() {
    return deadline.timedOut();
  }

  void secure(Tls tls, String host, int port, Duration time) throws IOException {
    deadline.expectWithin(time);
    plain.expectRecords();
    channel = tls.secure(plain, host, port);
    replies.room(RECORD);
    freshlySecured = true;
  }

  boolean isSecure() {
    return channel != plain;
  }

  void expectWithin(Duration time) {
    deadline.expectWithin(time);
  }

  void tick(long now) {
    deadline.closeIfLate(now);
  }

  /** Says QUIT and closes, within a second; never throws. */
  void quit() {
    try {
      sendLine("QUIT", LAST_WORDS);
      channel.close();
    } catch (IOException e) {
      // nothing is on its way that was promised to arrive
    }
  }

  /** Ends whatever blocks, at once. */
  void abort() {
    deadline.close();
  }

  private BrokenHopException late(String what, @Nullable IOException cause, String otherwise) {
    String problem = deadline.timedOut() ? what + " for too long" : otherwise;
    return cause == null ? new BrokenHopException(problem) : new BrokenHopException(problem, cause);
  }
}
