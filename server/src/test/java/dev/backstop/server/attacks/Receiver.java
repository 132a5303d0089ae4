package dev.backstop.server.attacks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A webhook's other end on loopback: keeps what it gets and answers what the test wants. */
final class Receiver implements AutoCloseable {
  /** Answers in turn; 200 when none is left, 0 never answers. */
  final LinkedBlockingQueue<Integer> answers = new LinkedBlockingQueue<>();

  private final LinkedBlockingQueue<Got> got = new LinkedBlockingQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer server;

  record Got(String path, String signature, String type, String body) {}

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    got.add(
        new Got(
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst(WebhookSignature.FIELD),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            body));
    Integer answer = answers.poll();
    if (answer != null && answer == 0) {
      await();
    }
    exchange.getResponseHeaders().add("Location", "/elsewhere");
    exchange.sendResponseHeaders(answer == null || answer == 0 ? 200 : answer, -1);
    exchange.close();
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?a=b");
  }

  Got next() throws InterruptedException {
    Got next = got.poll(30, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came within 30 s");
    }
    return next;
  }

  int waiting() {
    return got.size();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
