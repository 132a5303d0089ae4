package dev.backstop.server.web;

import com.sun.net.httpserver.HttpServer;
import dev.backstop.store.EventLog;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers {@code /metrics}, {@code /health/live}, {@code /health/ready} and, on loopback, {@code
 * /api/events} on one address, a virtual thread for each request. Reads no request body, and
 * answers to GET and HEAD only.
 */
public final class WebServer implements AutoCloseable {
  /** Connections that wait to be accepted. */
  private static final int BACKLOG = 64;

  private final HttpServer server;
  private final ExecutorService threads;

  private WebServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Opens the address and answers from then on.
   *
   * @param address port 0 lets the system choose, see {@link #address}
   * @param events told on loopback only: they name people, and nobody is asked here who he is
   * @throws IOException when the address cannot be opened
   */
  public static WebServer start(
      InetSocketAddress address,
      PrometheusRegistry registry,
      Readiness readiness,
      EventLog events,
      InstantSource clock)
      throws IOException {
    HttpLimits.apply();
    HttpServer server = HttpServer.create(address, BACKLOG);
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("web-", 0).factory());
    server.setExecutor(threads);
    Requests requests = new Requests(address.getAddress().isLoopbackAddress());
    MetricsPage metrics = new MetricsPage(registry);
    HealthPage health = new HealthPage(readiness);
    if (address.getAddress().isLoopbackAddress()) {
      EventsPage eventsPage = new EventsPage(events, clock);
      requests.add("/api/events", (_, uri) -> eventsPage.answer(uri));
    }
    requests.add("/metrics", (headers, _) -> metrics.answer(headers));
    requests.add("/health/live", (_, _) -> health.live());
    requests.add("/health/ready", (_, _) -> health.ready());
    server.createContext("/", requests);
    server.start();
    return new WebServer(server, threads);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Closes the address and every connection at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
