package dev.backstop.it.gateway;

import dev.backstop.it.Await;
import dev.backstop.it.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A next hop that plays a {@link Script} and remembers every octet. Thread-safe. */
final class RecordingHop implements AutoCloseable {
  private static final long LONGEST_NANOS = 20_000_000_000L;
  private static final long PAUSE_NANOS = 300_000;

  private final int port = Ports.free();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final HopLog log = new HopLog();
  private final Script usual;
  private volatile Script script;
  private volatile ServerSocket server;

  /** Listens on loopback. */
  RecordingHop(Script usual) {
    this.usual = usual;
    this.script = usual;
    this.server = listen();
  }

  private ServerSocket listen() {
    try {
      // Closed by close() and down(); the thread ends with it.
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      Thread.ofVirtual().start(() -> accept(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        // Closed, or a client that is gone already.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      new HopSession(client, script, log).run();
    } catch (IOException _) {
      // The other side closed it; what it sent before is in the log.
    } finally {
      open.remove(client);
    }
  }

  int port() {
    return port;
  }

  HopLog log() {
    return log;
  }

  /** What connections from now on hear. */
  void play(Script other) {
    script = other;
  }

  /** Forgets what it got and is the usual server again. */
  void reset() {
    script = usual;
    log.forget();
  }

  Script usual() {
    return usual;
  }

  /** Waits until nobody is connected: from then on nothing more can come. */
  void awaitQuiet() {
    long end = System.nanoTime() + LONGEST_NANOS;
    // Finer than Await: the matrix does this thousands of times.
    while (!open.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the gateway does not leave its next hop: " + log.commands());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  int connections() {
    return open.size();
  }

  /** As after kill -9: every connection is reset, nobody listens. */
  void down() {
    close();
    for (Socket client : open) {
      try (client) {
        client.setSoLinger(true, 0);
      } catch (IOException _) {
        // Gone already.
      }
    }
  }

  void up() {
    // The kernel gives the port back when the thread has left accept().
    Await.until("the port of the next hop", this::isUp);
  }

  private boolean isUp() {
    try {
      server = listen();
      return true;
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
