package dev.backstop.edge.table;

import dev.backstop.edge.DoorCounters;
import dev.backstop.edge.ListenAddress;
import dev.backstop.edge.Listener;
import dev.backstop.edge.QuietLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Answers Postfix's questions to {@code socketmap:inet:HOST:PORT:NAME}. Each connection has a
 * virtual thread; requests are bounded in length and time. Safe for use by all threads.
 */
public final class TableServer implements AutoCloseable {
  private final Map<String, Lookup> tables;
  private final Limits limits;
  private final DoorCounters counters = new DoorCounters();
  private final QuietLog log = new QuietLog(LoggerFactory.getLogger(TableServer.class));
  private final Listener listener;

  /**
   * Bounds.
   *
   * @param request octets of name and key together; Postfix's own bound for an answer is 100,000
   * @param connections at one time
   * @param idle time without a request; Postfix closes after 10 s itself
   * @param requestTime from the first octet of a request to its last, for the peer to take an
   *     answer, and for a look-up (Postfix waits 100 s)
   * @param drain at the end of the server, for requests that are being answered
   */
  public record Limits(
      int request, int connections, Duration idle, Duration requestTime, Duration drain) {
    public static final Limits DEFAULT =
        new Limits(
            2_000, 2_000, Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofSeconds(5));
  }

  /**
   * A server that is not started yet.
   *
   * @param tables by the NAME that stands last in the Postfix configuration
   */
  public TableServer(Map<String, Lookup> tables, Limits limits) {
    this.tables = Map.copyOf(tables);
    this.limits = limits;
    long tick = Math.clamp(limits.requestTime().toNanos() / 4, 1_000_000, 1_000_000_000);
    var settings =
        new Listener.Settings(limits.connections(), Duration.ofNanos(tick), limits.drain());
    this.listener =
        new Listener("table", connection -> new TableSession(this, connection), settings, counters);
  }

  /**
   * Starts to serve; call it once.
   *
   * @throws dev.backstop.edge.UnableToListenException if an address cannot be had; none is open
   *     then
   */
  public void start(List<ListenAddress> addresses) {
    listener.start(addresses);
  }

  /** Where it listens, with real port numbers. */
  public List<ListenAddress> addresses() {
    return listener.addresses();
  }

  public DoorCounters counters() {
    return counters;
  }

  @Override
  public void close() {
    listener.close();
  }

  Map<String, Lookup> tables() {
    return tables;
  }

  Limits limits() {
    return limits;
  }

  QuietLog log() {
    return log;
  }
}
