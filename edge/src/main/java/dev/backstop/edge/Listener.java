package dev.backstop.edge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections for a {@link Door}, each on a virtual thread, within bounds: a number of
 * connections, and the deadline of each, which one thread looks at. Safe for use by all threads.
 */
public final class Listener implements AutoCloseable {
  private final String name;
  private final Door door;
  private final Settings settings;
  private final DoorCounters counters;
  private final QuietLog log = new QuietLog(LoggerFactory.getLogger(Listener.class));
  private final ConcurrentHashMap<Connection, Door.Session> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final List<Socket> sockets = new ArrayList<>();
  private volatile boolean stopping;

  /**
   * Bounds.
   *
   * @param connections at most so many are open at a time; more are closed at once
   * @param tick how often deadlines are looked at
   * @param drain how long {@link #close} lets sessions finish what they are doing
   */
  public record Settings(int connections, Duration tick, Duration drain) {}

  /**
   * Opens nothing yet; see {@link #start}.
   *
   * @param name of the door, for logs and messages
   */
  public Listener(String name, Door door, Settings settings, DoorCounters counters) {
    this.name = name;
    this.door = door;
    this.settings = settings;
    this.counters = counters;
  }

  /**
   * Opens all addresses, or none.
   *
   * @throws UnableToListenException when one of them cannot be had
   */
  public void start(List<ListenAddress> addresses) {
    try {
      for (ListenAddress address : addresses) {
        sockets.add(Socket.bind(name, address));
      }
    } catch (UnableToListenException e) {
      sockets.forEach(Socket::close);
      throw e;
    }
    for (Socket socket : sockets) {
      Thread.ofVirtual().name(name + "-accept").start(() -> acceptAll(socket));
    }
    Thread.ofVirtual().name(name + "-watch").start(this::watch);
  }

  /** The addresses really listened on, in the order given; port 0 has become a number. */
  public List<ListenAddress> addresses() {
    return sockets.stream().map(Socket::address).toList();
  }

  private void acceptAll(Socket socket) {
    while (!stopping) {
      try {
        accepted(socket.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | RuntimeException e) {
        // Out of descriptors, most likely: the next accept would fail at once and burn a core.
        log.warn(name + " cannot accept", e.toString());
        pause(Duration.ofMillis(100));
      }
    }
  }

  private void accepted(SocketChannel channel) throws IOException {
    if (stopping || open.incrementAndGet() > settings.connections()) {
      open.decrementAndGet();
      turnAway(channel);
      counters.refusedForLimit.increment();
      log.warn(name + " refuses connections", settings.connections() + " are open");
      return;
    }
    var connection = new Connection(channel);
    Door.Session session = door.open(connection);
    sessions.put(connection, session);
    counters.accepted.increment();
    counters.open.increment();
    Thread.ofVirtual().name(name).start(() -> serve(connection, session, channel));
  }

  private void turnAway(SocketChannel channel) throws IOException {
    try (channel) {
      channel.configureBlocking(false); // nobody is waited for
      channel.write(ByteBuffer.wrap(door.busy()));
    }
  }

  private void serve(Connection connection, Door.Session session, SocketChannel channel) {
    try {
      Socket.withoutDelay(channel);
      session.serve();
    } catch (IOException e) {
      if (connection.timedOut()) {
        counters.timeouts.increment();
        log.warn(name + " closed a connection", "nothing came or was taken for too long");
      }
    } catch (RuntimeException | Error e) {
      log.error(name + " session failed", "connection closed", e);
    } finally {
      connection.close();
      gone(connection);
    }
  }

  private synchronized void gone(Connection connection) {
    sessions.remove(connection);
    open.decrementAndGet();
    counters.open.decrement();
    notifyAll();
  }

  private void watch() {
    while (!stopping || !sessions.isEmpty()) {
      long now = System.nanoTime();
      sessions.forEach((connection, session) -> look(connection, session, now));
      pause(settings.tick());
    }
  }

  private void look(Connection connection, Door.Session session, long now) {
    connection.closeIfLate(now);
    session.tick(now);
    if (stopping && session.farewell()) {
      connection.close();
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Accepts no more, closes idle sessions, waits for busy ones as long as the settings say, and
   * closes what is left.
   */
  @Override
  public void close() {
    stopping = true;
    sockets.forEach(Socket::close);
    awaitEmpty(System.nanoTime() + settings.drain().toNanos());
    sessions.keySet().forEach(Connection::close);
  }

  private synchronized void awaitEmpty(long until) {
    try {
      for (long left = 1; left > 0 && !sessions.isEmpty(); ) {
        left = (until - System.nanoTime()) / 1_000_000;
        if (left > 0) {
          wait(left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever waits for us is in a hurry: close at once
    }
  }
}
