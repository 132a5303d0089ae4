package dev.backstop.edge.smtp.nexthop;

import dev.backstop.edge.BufferPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Next hops with fakes around them. */
final class Fixture {
  static final ClientIdentity CLIENT =
      new ClientIdentity(
          InetAddress.ofLiteral("192.0.2.7"),
          4711,
          "mx.example.com",
          "helo.example.com",
          true,
          false,
          new InetSocketAddress(InetAddress.ofLiteral("198.51.100.1"), 25));

  static final Settings.Times TIMES = Settings.Times.DEFAULT;

  final BufferPool buffers = new BufferPool(1_000_000);
  final AtomicLong clock = new AtomicLong(1_000_000_000_000L);

  static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      pause();
    }
  }

  static void pause() {
    LockSupport.parkNanos(1_000_000);
  }

  void step(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  NextHops hops(NextHop... hops) {
    return hops(TIMES, hops);
  }

  NextHops hops(Settings.Times times, NextHop... hops) {
    return new NextHops(List.of(hops), settings(times), clock::get);
  }

  Settings settings(Settings.Times times) {
    return new Settings(
        "us.test",
        times,
        Settings.Pauses.DEFAULT,
        new FakeTls(),
        Fixture::refuseCertificate,
        (client, version) ->
            ("PROXY" + version + " " + client.address() + "\r\n").getBytes(StandardCharsets.UTF_8),
        Fixture::addresses,
        buffers);
  }

  private static ByteChannel refuseCertificate(ByteChannel plain, String host, int port)
      throws IOException {
    throw new IOException("the certificate is for another name than " + host);
  }

  private static InetAddress[] addresses(String host) throws UnknownHostException {
    return switch (host) {
      case "hop.test" -> new InetAddress[] {InetAddress.getLoopbackAddress()};
      // nobody listens on the first two
      case "several.test" ->
          new InetAddress[] {
            InetAddress.ofLiteral("127.0.0.2"),
            InetAddress.ofLiteral("::1"),
            InetAddress.getLoopbackAddress()
          };
      case "fails.test" -> throw new IllegalStateException("resolver is broken");
      default -> throw new UnknownHostException(host);
    };
  }
}
