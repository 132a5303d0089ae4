package dev.backstop.dns;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Arrays;

/**
 * Carries a query to a server and the answer back: over UDP, then over TCP when it did not fit. A
 * socket for each, so that each has its own port, chosen at random by the system (RFC 5452 §9.2),
 * and connected, so that the system drops packets from elsewhere.
 *
 * <p>The library's own transport is not used: there the first packet with a wrong ID ends a query,
 * so that whoever can send one suppresses the answer. Channels rather than sockets, because a
 * thread that waits for one can be interrupted, whether it is virtual or not.
 */
final class Transport {
  /** More than we say we take, for servers that do not listen. */
  private static final int UDP_BUFFER = 4096;

  /** Somebody guesses at our port; better to ask another server, on another port. */
  private static final int MAX_FOREIGN_PACKETS = 100;

  private Transport() {}

  /** Throws nothing, and leaves the thread interrupted when it was. */
  static Reply ask(InetSocketAddress server, Query query, Deadline deadline) {
    try {
      Reply reply = overUdp(server, query, deadline);
      return reply instanceof Reply.Packet(byte[] octets) && Query.isTruncated(octets)
          ? overTcp(server, query, deadline)
          : reply;
    } catch (SocketTimeoutException _) {
      return new Reply.Silence();
    } catch (PortUnreachableException | ConnectException _) {
      return new Reply.Failure("no name server there");
    } catch (EOFException _) {
      return new Reply.Failure("name server broke off");
    } catch (IOException | UnsupportedOperationException | UnsupportedAddressTypeException _) {
      // The latter two: an IPv6 address on a machine without IPv6.
      return new Reply.Failure("name server cannot be reached");
    }
  }

  private static Reply overUdp(InetSocketAddress server, Query query, Deadline deadline)
      throws IOException {
    var family =
        server.getAddress() instanceof Inet6Address
            ? StandardProtocolFamily.INET6
            : StandardProtocolFamily.INET;
    try (DatagramChannel channel = DatagramChannel.open(family)) {
      channel.connect(server);
      channel.write(ByteBuffer.wrap(query.packet()));
      var packet = new DatagramPacket(new byte[UDP_BUFFER], UDP_BUFFER);
      for (int i = 0; i < MAX_FOREIGN_PACKETS && !deadline.hasPassed(); i++) {
        channel.socket().setSoTimeout(deadline.millisLeft());
        channel.socket().receive(packet);
        if (query.isAnsweredBy(packet.getData(), packet.getLength())) {
          // A packet that fills the buffer was cut by it.
          return packet.getLength() == UDP_BUFFER
              ? overTcp(server, query, deadline)
              : new Reply.Packet(Arrays.copyOf(packet.getData(), packet.getLength()));
        }
        packet.setLength(UDP_BUFFER);
      }
    }
    return deadline.hasPassed() ? new Reply.Silence() : new Reply.Failure("forged answers");
  }

  /** RFC 7766 §8: two octets of length before each message, sent in one piece with it. */
  private static Reply overTcp(InetSocketAddress server, Query query, Deadline deadline)
      throws IOException {
    byte[] packet = query.packet();
    var framed = ByteBuffer.allocate(packet.length + 2);
    framed.putShort((short) packet.length).put(packet).flip();
    try (SocketChannel channel = SocketChannel.open()) {
      channel.socket().connect(server, deadline.millisLeft());
      channel.write(framed);
      byte[] length = read(channel.socket(), 2, deadline);
      byte[] answer =
          read(channel.socket(), (length[0] & 0xff) << 8 | (length[1] & 0xff), deadline);
      return query.isAnsweredBy(answer, answer.length) && !Query.isTruncated(answer)
          ? new Reply.Packet(answer)
          : new Reply.Failure("answer to another question");
    }
  }

  /** The time-out is of each read; the deadline is of all, whatever small pieces they come in. */
  private static byte[] read(Socket socket, int length, Deadline deadline) throws IOException {
    byte[] octets = new byte[length];
    InputStream in = socket.getInputStream();
    for (int at = 0; at < length; ) {
      if (deadline.hasPassed()) {
        throw new SocketTimeoutException();
      }
      socket.setSoTimeout(deadline.millisLeft());
      int count = in.read(octets, at, length - at);
      if (count < 0) {
        throw new EOFException();
      }
      at += count;
    }
    return octets;
  }
}
