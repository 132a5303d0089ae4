package dev.backstop.server.recipients.callout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A mail server on this machine that answers each command as a test says. */
public final class SmtpServer implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Function<String, String> answers;

  /** What it was told, line by line. */
  public final List<String> heard = new CopyOnWriteArrayList<>();

  /**
   * @param answers to the empty text (the greeting) and to each line; without the last line end;
   *     the empty text: it closes; a dot: it is silent
   */
  public SmtpServer(Function<String, String> answers) throws IOException {
    this.answers = answers;
    Thread.ofVirtual().start(this::accept);
  }

  /** One that knows these addresses. */
  public static SmtpServer knowing(String... addresses) throws IOException {
    return new SmtpServer(line ->
        !line.startsWith("RCPT") || List.of(addresses).contains(line.replaceAll(".*<|>", ""))
            ? "250 Ok"
            : "550 5.1.1 no such user");
  }

  public String address() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  public int port() {
    return listening.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        var in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = ""; line != null; line = in.readLine()) {
        if (!line.isEmpty()) {
          heard.add(line);
        }
        String answer =
            line.isEmpty() ? answers.apply("").replace("250", "220") : answers.apply(line);
        if (answer.isEmpty()) {
          return;
        }
        if (!answer.equals(".")) {
          socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      if (!listening.isClosed() && !socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
