package dev.backstop.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Speaks SMTP line by line and remembers the dialogue, which every failure shows. */
public final class SmtpClient implements AutoCloseable {
  /** A client in our own network. */
  public static final String OURS = "127.0.0.1";

  /** Somebody else's. */
  public static final String STRANGER = "127.0.0.2";

  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket = new Socket();
  private final BufferedReader in;
  private final StringBuilder dialogue = new StringBuilder();

  /** Connects from one of the addresses above and greets. */
  public SmtpClient(String from, int port) {
    try {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    must("220", reply());
    expect("250", "EHLO client.test");
  }

  /** Says a line and returns the reply: code and text, several lines in one. */
  public String say(String line) {
    write(line);
    return reply();
  }

  /** Says a line whose reply must start so. */
  public void expect(String start, String line) {
    must(start, say(line));
  }

  /** Hands a whole message over; {@code text} has LF at the end of its lines. */
  public void send(String sender, String recipient, String text) {
    expect("250", "MAIL FROM:<" + sender + ">");
    expect("250", "RCPT TO:<" + recipient + ">");
    must("250", data(text));
  }

  /** DATA with a message; the reply to its end. */
  public String data(String text) {
    expect("354", "DATA");
    write(text.stripTrailing().replace("\n", "\r\n") + "\r\n.");
    return reply();
  }

  private void must(String start, String reply) {
    if (!reply.startsWith(start)) {
      throw new AssertionError("expected " + start + " at the end of\n" + dialogue);
    }
  }

  private void write(String text) {
    dialogue.append("c: ").append(text).append('\n');
    try {
      socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(dialogue.toString(), e);
    }
  }

  private String reply() {
    var reply = new StringBuilder();
    String line;
    do {
      line = line();
      dialogue.append("s: ").append(line).append('\n');
      reply.append(reply.isEmpty() ? line : line.substring(Math.min(3, line.length())));
    } while (line.startsWith("-", 3));
    return reply.toString();
  }

  private String line() {
    try {
      String line = in.readLine();
      if (line == null) {
        throw new AssertionError("the server hung up at the end of\n" + dialogue);
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(dialogue.toString(), e);
    }
  }

  @Override
  public String toString() {
    return dialogue.toString();
  }

  @Override
  public void close() {
    try (socket) {
      write("QUIT");
    } catch (IOException | UncheckedIOException e) {
      dialogue.append("closed: ").append(e).append('\n');
    }
  }
}
