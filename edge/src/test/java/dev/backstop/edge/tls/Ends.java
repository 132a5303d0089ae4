package dev.backstop.edge.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLEngine;

/** Both ends of a connection over loopback. */
record Ends(SocketChannel server, SocketChannel client) implements AutoCloseable {

  static Ends open() throws IOException {
    try (ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      SocketChannel client = SocketChannel.open(listening.getLocalAddress());
      return new Ends(listening.accept(), client);
    }
  }

  /** Both sides of a TLS connection. */
  record Tls(TlsChannel server, TlsChannel client) {}

  static Tls shakeHands(
      ByteChannel server, SSLEngine serverEngine, ByteChannel client, SSLEngine clientEngine)
      throws Exception {
    FutureTask<TlsChannel> other = start(() -> TlsChannel.handshake(server, serverEngine));
    TlsChannel mine = TlsChannel.handshake(client, clientEngine);
    return new Tls(get(other), mine);
  }

  static <T> FutureTask<T> start(Callable<T> work) {
    var task = new FutureTask<T>(work);
    Thread.ofVirtual().start(task);
    return task;
  }

  /** What it gave, or its exception. */
  static <T> T get(FutureTask<T> task) throws Exception {
    try {
      return task.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      throw new AssertionError("still blocked after 30 s", e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    client.close();
  }
}
