package dev.backstop.server.web;

import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers {@code /metrics}, {@code /health/live} and {@code /health/ready} on one address, a
 * virtual thread for each request. Reads no request body, and answers to GET and HEAD only.
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
   * @throws IOException when the address cannot be opened
   */
  public static WebServer start(
      InetSocketAddress address, PrometheusRegistry registry, Readiness readiness)
      throws IOException {
    HttpLimits.apply();
    HttpServer server = HttpServer.create(address, BACKLOG);
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("web-", 0).factory());
    server.setExecutor(threads);
    Requests requests = new Requests(address.getAddress().isLoopbackAddress());
    MetricsPage metrics = new MetricsPage(registry);
    HealthPage health = new HealthPage(readiness);
    requests.add("/metrics", metrics::answer);
    requests.add("/health/live", request -> health.live());
    requests.add("/health/ready", request -> health.ready());
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
