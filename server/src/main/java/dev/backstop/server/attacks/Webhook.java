package dev.backstop.server.attacks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events over HTTP, one after the other, from a queue of its own. {@link #send} never
 * blocks; what does not fit is dropped and counted. An event is tried a few times with pauses, then
 * given up. Redirects are not followed: they would lead a signed event elsewhere. Thread-safe.
 */
final class Webhook implements AutoCloseable {
  static final int MOST_WAITING = 64;

  private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
  private static final Duration LOG_EVERY = Duration.ofMinutes(10);

  /**
   * Where to and how signed.
   *
   * @param secret read anew for each try, so that it can be changed at any time
   */
  record Target(URI uri, Path secret) {}

  /**
   * How long to wait.
   *
   * @param answer for one try, from the connection to the end of the answer
   * @param pauses before each further try
   */
  record Patience(Duration answer, List<Duration> pauses) {
    static final Patience DEFAULT =
        new Patience(
            Duration.ofSeconds(10),
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(25)));
  }

  private final Supplier<Optional<Target>> target;
  private final Patience patience;
  private final InstantSource clock;
  private final Consumer<String> result;
  private final ArrayBlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread worker;
  private volatile boolean closed;

  /** Made by the worker when it is needed: it costs threads and time at the start. */
  private volatile @Nullable HttpClient client;

  private Instant logged = Instant.EPOCH;
  private long failures;

  /**
   * Starts its thread.
   *
   * @param target as configured at the moment; without one events are not for anybody
   * @param result told what became of each event: delivered, failed, dropped
   */
  Webhook(
      Supplier<Optional<Target>> target,
      Patience patience,
      InstantSource clock,
      Consumer<String> result) {
    this.target = target;
    this.patience = patience;
    this.clock = clock;
    this.result = result;
    this.worker = Thread.ofVirtual().name("backstop-webhook").start(this::deliver);
  }

  /** Queues one event. */
  void send(String body) {
    if (target.get().isPresent() && !waiting.offer(body)) {
      result.accept("dropped");
    }
  }

  private void deliver() {
    while (!closed) {
      try {
        deliver(waiting.take());
      } catch (InterruptedException _) {
        // closed is looked at next
      } catch (RuntimeException e) {
        failed("a fault in the program: " + e);
      }
    }
  }

  private void deliver(String body) throws InterruptedException {
    Optional<String> why = attempt(body);
    for (Duration pause : patience.pauses()) {
      if (why.isEmpty()) {
        break;
      }
      Thread.sleep(pause);
      why = attempt(body);
    }
    if (why.isPresent()) {
      failed(why.get());
    } else {
      result.accept("delivered");
    }
  }

  /** Why it failed; empty when it did not. */
  private Optional<String> attempt(String body) throws InterruptedException {
    Optional<Target> to = target.get();
    if (to.isEmpty()) {
      return Optional.of("no webhook is configured any more");
    }
    try {
      HttpRequest request = request(to.get(), body.getBytes(StandardCharsets.UTF_8));
      CompletableFuture<HttpResponse<Void>> answer =
          client().sendAsync(request, HttpResponse.BodyHandlers.discarding());
      return status(answer);
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(patience.answer())
              .build();
      client = made;
    }
    return made;
  }

  private HttpRequest request(Target to, byte[] body) throws IOException {
    byte[] secret = WebhookSecret.read(to.secret());
    return HttpRequest.newBuilder(to.uri())
        .header("Content-Type", "application/json")
        .header("User-Agent", "Backstop")
        .header(WebhookSignature.FIELD, WebhookSignature.of(secret, clock.instant(), body))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  /** The client's own time limit ends with the header; an answer that never ends must end too. */
  private Optional<String> status(CompletableFuture<HttpResponse<Void>> answer)
      throws InterruptedException {
    try {
      int status = answer.get(patience.answer().toNanos(), TimeUnit.NANOSECONDS).statusCode();
      return status / 100 == 2 ? Optional.empty() : Optional.of("it answered " + status);
    } catch (TimeoutException e) {
      return Optional.of("no answer within " + patience.answer().toMillis() + " ms");
    } catch (ExecutionException e) {
      return Optional.of(String.valueOf(e.getCause()));
    } finally {
      answer.cancel(true);
    }
  }

  /** The address itself is not logged: its path may be a secret of the receiver. */
  private void failed(String why) {
    result.accept("failed");
    failures++;
    Instant now = clock.instant();
    if (Duration.between(logged, now).abs().compareTo(LOG_EVERY) >= 0) {
      logged = now;
      LOG.atWarn()
          .addKeyValue("host", target.get().map(to -> to.uri().getHost()).orElse("none"))
          .addKeyValue("reason", why)
          .addKeyValue("failures", failures)
          .log("webhook-failed");
      failures = 0;
    }
  }

  /** Gives up what waits. */
  @Override
  public void close() {
    closed = true;
    worker.interrupt();
    HttpClient made = client;
    if (made != null) {
      made.shutdownNow();
    }
  }
}
