package dev.backstop.server.nexthop;

import dev.backstop.edge.BufferPool;
import dev.backstop.edge.proxy.ProxyHeader;
import dev.backstop.edge.smtp.nexthop.ClientIdentity;
import dev.backstop.edge.smtp.nexthop.Settings;
import dev.backstop.edge.tls.ClientTls;
import dev.backstop.edge.tls.TlsChannel;
import dev.backstop.edge.tls.UnusableCertificateException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** How next hops are talked to, with TLS and PROXY headers. */
public final class HopSettings {
  /** Octets that lie in buffers on their way to next hops, of all sessions together. */
  private static final long BUFFERS = 64L << 20;

  private HopSettings() {}

  /**
   * Certificates, where they are checked, by the authorities that Java believes.
   *
   * @param helo our name
   */
  public static Settings of(String helo, Settings.Times times) {
    ClientTls any = tls(ClientTls.Check.NONE);
    ClientTls checked = tls(ClientTls.Check.NAME);
    return new Settings(
        helo,
        times,
        Settings.Pauses.DEFAULT,
        (plain, host, port) -> TlsChannel.handshake(plain, any.engine(host, port)),
        (plain, host, port) -> TlsChannel.handshake(plain, checked.engine(host, port)),
        HopSettings::proxyHeader,
        Settings.Names.SYSTEM,
        new BufferPool(BUFFERS));
  }

  private static ClientTls tls(ClientTls.Check check) {
    try {
      return ClientTls.create(check, Optional.empty());
    } catch (UnusableCertificateException e) {
      throw new IllegalStateException("Java does not believe its own authorities", e);
    }
  }

  private static byte[] proxyHeader(ClientIdentity client, int version) {
    InetAddress address = client.address();
    var header =
        new ProxyHeader(
            address == null ? null : new InetSocketAddress(address, client.port()),
            address == null ? null : client.local());
    return version == 1 ? header.v1() : header.v2();
  }
}
