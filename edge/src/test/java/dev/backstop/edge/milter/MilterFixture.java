package dev.backstop.edge.milter;

import dev.backstop.edge.ListenAddress;
import dev.backstop.edge.TransactionFilter;
import dev.backstop.testkit.milter.MilterClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;

/** A running server on a free port, with bounds that tests reach quickly. */
final class MilterFixture implements AutoCloseable {
  /** The usual bounds, except that closing does not wait long. */
  static final Limits.Times TIMES =
      new Limits.Times(
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(20),
          Duration.ofMillis(50));

  static final Limits LIMITS = new Limits(Limits.Sizes.DEFAULT, TIMES);

  final MilterServer server;

  MilterFixture(TransactionFilter filter, Limits limits) {
    this(new MilterServer(() -> filter, limits));
  }

  MilterFixture(MilterServer server) {
    this.server = server;
    server.start(List.of(ListenAddress.parse("127.0.0.1:0")));
  }

  SocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
  }

  int port() {
    return ((ListenAddress.Tcp) server.addresses().getFirst()).port();
  }

  MilterClient client() throws IOException {
    return new MilterClient(address());
  }

  @Override
  public void close() {
    server.close();
  }
}
