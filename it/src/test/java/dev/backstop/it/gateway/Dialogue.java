package dev.backstop.it.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that sends any octets, cut as told, and reads replies. Each comes from an address of its
 * own, so that limits for one client do not join what does not belong together.
 */
final class Dialogue implements AutoCloseable {
  /** In place of a reply: the server closed the connection. */
  static final String CLOSED = "closed";

  /** In place of a reply: there was none in time. */
  static final String SILENT = "silent";

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int MOST_REPLY = 1_000_000;

  /** Long enough that the other side mostly reads the packets one by one. */
  private static final long BETWEEN_PACKETS_NANOS = 30_000;

  private static final AtomicInteger NEXT = new AtomicInteger(2 << 16);

  private Socket socket = new Socket();
  private InputStream in;
  private final StringBuilder said = new StringBuilder();

  /** Connects and reads nothing yet. */
  Dialogue(int port) {
    this(freshAddress(), port);
  }

  Dialogue(String from, int port) {
    try {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In 127.2.0.0 and up. */
  static String freshAddress() {
    int number = NEXT.incrementAndGet();
    return "127.%d.%d.%d".formatted(number >> 16 & 0xff, number >> 8 & 0xff, number & 0xff);
  }

  /** Greets; the replies to it are read. */
  static Dialogue greeted(int port) {
    var dialogue = new Dialogue(port);
    dialogue.reply();
    dialogue.say("EHLO client.test");
    return dialogue;
  }

  /** Sends a line and reads a reply. */
  String say(String line) {
    write(line + "\r\n");
    return reply();
  }

  void write(String octets) {
    write(octets, Split.WHOLE);
  }

  /** Sends Latin-1; what cannot be sent because the server is gone is not sent. */
  void write(String octets, Split split) {
    note("c", octets);
    try {
      for (String piece : split.pieces(octets)) {
        socket.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
        if (!split.at().isEmpty()) {
          LockSupport.parkNanos(BETWEEN_PACKETS_NANOS);
        }
      }
    } catch (IOException e) {
      said.append("c cannot write: ").append(e.getMessage()).append('\n');
    }
  }

  /** A whole reply, {@link #CLOSED} or {@link #SILENT}. */
  String reply() {
    var reply = new StringBuilder();
    String line;
    do {
      line = line();
      reply.append(line);
    } while (line.startsWith("-", 3) && reply.length() < MOST_REPLY);
    note("s", reply.toString());
    return reply.toString();
  }

  /** All replies to the end of the connection, or until the server falls silent. */
  List<String> toEnd() {
    List<String> all = new ArrayList<>();
    String reply = reply();
    while (!reply.equals(CLOSED) && !reply.equals(SILENT)) {
      all.add(reply);
      reply = reply();
    }
    if (reply.equals(SILENT)) {
      all.add(SILENT);
    }
    return all;
  }

  private String line() {
    var line = new StringBuilder();
    try {
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        line.append((char) octet);
        if (octet == '\n') {
          return line.toString();
        }
      }
      return CLOSED;
    } catch (SocketTimeoutException _) {
      return SILENT;
    } catch (IOException _) {
      return CLOSED;
    }
  }

  private void note(String who, String octets) {
    String shown = octets.length() > 500 ? octets.substring(0, 500) + "…" : octets;
    String safe = shown.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
    said.append(who).append(": ").append(safe).append('\n');
  }

  /** Sends no more, and reads on. */
  void closeOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes on with another socket over this one, as after STARTTLS. */
  void over(java.util.function.Function<Socket, Socket> wrap) {
    try {
      socket = wrap.apply(socket);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Vanishes with a TCP reset, as a killed client does. */
  void abort() {
    try (Socket gone = socket) {
      gone.setSoLinger(true, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was said so far. */
  @Override
  public String toString() {
    return said.toString();
  }
}
