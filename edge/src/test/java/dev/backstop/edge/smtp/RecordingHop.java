package dev.backstop.edge.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A mail server on loopback that writes down what it hears, and answers as it was told. */
final class RecordingHop implements AutoCloseable {
  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final boolean lmtp;
  private final Thread accepting;

  /** Commands of all connections in the order they came. */
  final List<String> commands = new CopyOnWriteArrayList<>();

  /** Messages whose dot was seen, as they were on the wire. */
  final List<String> messages = new CopyOnWriteArrayList<>();

  /** Answers other than the usual, by the beginning of the command; {@code .} is the dot. */
  final Map<String, String> answers = new ConcurrentHashMap<>();

  /** What it can do. */
  volatile List<String> keywords =
      List.of("PIPELINING", "SIZE 1000000", "8BITMIME", "SMTPUTF8", "DSN", "ENHANCEDSTATUSCODES");

  /** Closes the connection instead of answering. */
  static final String HANG_UP = "";

  RecordingHop(boolean lmtp) throws IOException {
    this.lmtp = lmtp;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    accepting = Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      say(socket, "220 hop.test ESMTP");
      for (String line = line(in); line != null; line = line(in)) {
        commands.add(line);
        if (!answer(socket, in, line)) {
          return;
        }
      }
    } catch (IOException e) {
      // The gateway has gone.
    }
  }

  private boolean answer(Socket socket, InputStream in, String line) throws IOException {
    String own = own(line);
    if (HANG_UP.equals(own)) {
      return false;
    }
    if (own != null) {
      say(socket, own);
    } else if (line.startsWith(lmtp ? "LHLO" : "EHLO")) {
      say(socket, "250-hop.test\r\n250-" + String.join("\r\n250-", keywords) + "\r\n250 HELP");
    } else if (line.equals("DATA")) {
      say(socket, "354 go");
      return message(socket, in);
    } else if (line.equals("QUIT")) {
      say(socket, "221 bye");
      return false;
    } else {
      say(socket, "250 2.0.0 fine");
    }
    return true;
  }

  private @Nullable String own(String line) {
    return answers.entrySet().stream()
        .filter(entry -> line.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private boolean message(Socket socket, InputStream in) throws IOException {
    var text = new StringBuilder();
    for (String line = line(in); line != null; line = line(in)) {
      if (line.equals(".")) {
        String answer = answers.getOrDefault(".", "250 2.0.0 queued");
        if (answer.equals(HANG_UP)) {
          return false;
        }
        messages.add(text.toString());
        say(socket, answer);
        return true;
      }
      text.append(line).append("\r\n");
    }
    return false;
  }

  private static void say(Socket socket, String lines) throws IOException {
    socket.getOutputStream().write((lines + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Up to CRLF, and nothing else ends it. */
  private static @Nullable String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    int before = 0;
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      if (octet == '\n' && before == '\r') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.substring(0, text.length() - 1);
      }
      line.write(octet);
      before = octet;
    }
    return null;
  }

  /** Closes all connections; new ones are taken. */
  void dropConnections() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      accepting.join(); // until then the system may still take a connection
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    dropConnections();
  }
}
