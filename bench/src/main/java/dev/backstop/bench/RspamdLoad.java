package dev.backstop.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Gives messages to a worker of Rspamd and takes its processor time. The worker closes each
 * connection, so a request without a message ({@code ping}) is measured too: what remains after
 * taking it away is the scan.
 *
 * <p>{@code RspamdLoad PORT PID SECONDS MAIL}: the process is the worker, {@code MAIL} as in {@link
 * ReadingMail#load}.
 */
final class RspamdLoad {
  private static final int CONNECTIONS = 4;

  /** USER_HZ, which is 100 on every Linux. */
  private static final double TICK_MICROS = 10_000;

  private final int port;
  private final Path stat;
  private final long nanos;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger named = new AtomicInteger();

  private RspamdLoad(String[] arguments) {
    port = Integer.parseInt(arguments[0]);
    stat = Path.of("/proc", arguments[1], "stat");
    nanos = Long.parseLong(arguments[2]) * 1_000_000_000;
  }

  public static void main(String[] arguments) throws Exception {
    var load = new RspamdLoad(arguments);
    byte[] ping = octets("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
    double base = load.measure("ping", List.of(ping), 0);
    for (String kind : List.of("bounces", "ordinary")) {
      String sender = kind.equals("bounces") ? "<>" : "<anna@example.com>";
      List<byte[]> requests =
          ReadingMail.load(arguments[3], kind).stream().map(m -> request(m, sender)).toList();
      load.measure(kind, requests, base);
    }
  }

  private static byte[] request(byte[] message, String sender) {
    byte[] head =
        octets(
            "POST /checkv2 HTTP/1.1\r\nHost: localhost\r\nFrom: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(sender, message.length));
    byte[] request = new byte[head.length + message.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(message, 0, request, head.length, message.length);
    return request;
  }

  /** Warms up for a quarter of the time, measures, and returns microseconds a request. */
  private double measure(String what, List<byte[]> requests, double base)
      throws IOException, InterruptedException, ExecutionException {
    send(requests, nanos / 4);
    long ticks = ticks();
    long start = System.nanoTime();
    int count = send(requests, nanos);
    double seconds = (System.nanoTime() - start) / 1e9;
    double micros = (ticks() - ticks) * TICK_MICROS / count;
    System.out.printf(
        Locale.ROOT,
        "%-10s %7.1f us of processor a request, %7.1f more than without a message, %6.0f a second"
            + " here, BOUNCE in %.0f %%%n",
        what,
        micros,
        micros - (base == 0 ? micros : base),
        count / seconds,
        100.0 * named.get() / count);
    return micros;
  }

  /** Sends in turn over some connections at a time; the number of answers. */
  private int send(List<byte[]> requests, long nanos)
      throws InterruptedException, ExecutionException {
    next.set(0);
    named.set(0);
    long end = System.nanoTime() + nanos;
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      var running =
          IntStream.range(0, CONNECTIONS)
              .mapToObj(_ -> threads.submit(() -> sendUntil(requests, end)))
              .toList();
      for (var one : running) {
        one.get();
      }
    }
    return next.get();
  }

  private boolean sendUntil(List<byte[]> requests, long end) throws IOException {
    while (System.nanoTime() < end) {
      String answer = answer(requests.get(next.getAndIncrement() % requests.size()));
      if (!answer.startsWith("HTTP/1.1 200")) {
        throw new IOException("Rspamd said: " + answer);
      }
      if (answer.contains("\"BOUNCE\":")) {
        named.incrementAndGet();
      }
    }
    return true;
  }

  private String answer(byte[] request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** User and system time of the process: fields 14 and 15 of {@code /proc/PID/stat}. */
  private long ticks() throws IOException {
    String line = Files.readString(stat);
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
