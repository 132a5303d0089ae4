package dev.backstop.edge.smtp.nexthop;

import dev.backstop.edge.smtp.nexthop.HopFailure.Kind;
import dev.backstop.edge.smtp.nexthop.NextHop.TlsPolicy;
import dev.backstop.mail.address.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tries the addresses of a hop one after the other. Safe for use by all threads. */
final class Dialler {
  private static final int MAX_ADDRESSES = 8;

  private final Settings settings;
  private final Watch watch;

  Dialler(Settings settings, Watch watch) {
    this.settings = settings;
    this.watch = watch;
  }

  Opening.Ready dial(NextHop hop, @Nullable ClientIdentity client, Deadline deadline)
      throws HopFailure {
    HopFailure last = null;
    for (SocketAddress address : addresses(hop.address(), deadline)) {
      if (last != null && deadline.isOver()) {
        break;
      }
      try {
        return dial(hop, client, deadline, address);
      } catch (HopFailure e) {
        if (e.kind == Kind.REFUSED) {
          throw e;
        }
        last = e;
      }
    }
    throw last == null ? unknown("has no address", null) : last;
  }

  private Opening.Ready dial(
      NextHop hop, @Nullable ClientIdentity client, Deadline deadline, SocketAddress address)
      throws HopFailure {
    try {
      return opening(hop, client, deadline, address, hop.tls());
    } catch (HopFailure e) {
      if (e.kind != Kind.TLS_OPTIONAL) {
        throw e;
      }
      return opening(hop, client, deadline, address, TlsPolicy.NONE);
    }
  }

  private Opening.Ready opening(
      NextHop hop,
      @Nullable ClientIdentity client,
      Deadline deadline,
      SocketAddress address,
      TlsPolicy tls)
      throws HopFailure {
    Wire wire;
    try {
      wire = Wire.to(address);
    } catch (BrokenHopException e) {
      throw new HopFailure(Kind.DOWN, e.problem(), e);
    }
    return new Opening(hop, client, settings, watch, deadline, wire).run(address, tls);
  }

  private List<SocketAddress> addresses(NextHop.Address address, Deadline deadline)
      throws HopFailure {
    return switch (address) {
      case NextHop.Address.Unix unix -> List.of(UnixDomainSocketAddress.of(unix.path()));
      case NextHop.Address.Tcp tcp ->
          Arrays.stream(lookup(tcp.host(), deadline.within(settings.times().connect())))
              .limit(MAX_ADDRESSES)
              .<SocketAddress>map(found -> new InetSocketAddress(found, tcp.port()))
              .toList();
    };
  }

  private InetAddress[] lookup(String host, Duration time) throws HopFailure {
    if (host.indexOf(':') >= 0 || host.matches("[0-9.]+")) {
      return new InetAddress[] {IpLiteral.parse(host)};
    }
    // The system's resolver knows no deadline: it is left to itself when it takes too long.
    var lookup = new FutureTask<>(() -> settings.names().addresses(host));
    Thread.ofVirtual().name("next-hop-name").start(lookup);
    try {
      return lookup.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      boolean unknown = e.getCause() instanceof UnknownHostException;
      throw unknown(unknown ? "has a name without an address" : "has a name that fails", e);
    } catch (TimeoutException e) {
      throw unknown("has a name whose look-up took too long", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown("was not waited for", e);
    }
  }

  private static HopFailure unknown(String problem, @Nullable Exception e) {
    return e == null
        ? new HopFailure(Kind.DOWN, problem, (HopReply) null)
        : new HopFailure(Kind.DOWN, problem, e);
  }
}
