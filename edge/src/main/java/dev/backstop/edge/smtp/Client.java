package dev.backstop.edge.smtp;

import dev.backstop.edge.limits.ClientLimits;
import dev.backstop.edge.limits.Verdict;
import dev.backstop.edge.proxy.ProxyHeader;
import dev.backstop.edge.smtp.nexthop.ClientIdentity;
import dev.backstop.edge.tls.TlsChannel;
import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.smtp.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What is known of the client. For the session's thread. */
final class Client {
  private static final int LONGEST_NAME = 255;

  private final GatewaySettings settings;
  private @Nullable InetSocketAddress remote;
  private @Nullable InetSocketAddress local;
  private @Nullable String helo;
  private boolean extended;
  private boolean secure;
  private @Nullable String login;
  private boolean counted;

  Client(GatewaySettings settings) {
    this.settings = settings;
  }

  void connected(@Nullable InetSocketAddress from, @Nullable InetSocketAddress to) {
    remote = from;
    local = to;
  }

  /** The connection comes from a load balancer, which says for whom. */
  void proxied(ProxyHeader header) {
    if (header.client() != null) { // else it asks for itself
      remote = header.client();
      local = header.local();
    }
  }

  Verdict came(ClientLimits limits) {
    InetAddress address = address();
    Verdict verdict = address == null ? new Verdict.Ok() : limits.connect(address);
    counted = address != null && verdict instanceof Verdict.Ok;
    return verdict;
  }

  void left(ClientLimits limits) {
    InetAddress address = address();
    if (counted && address != null) {
      limits.disconnected(address);
    }
  }

  /** A name, or an address literal; what is no such thing tells nobody anything. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_NAME
        && text.chars()
            .allMatch(c -> c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '(' && c != ')');
  }

  void introduced(String name, boolean esmtp) {
    helo = name;
    extended = esmtp;
  }

  void forgetIntroduction() {
    helo = null;
    extended = false;
  }

  /** Takes what the handshake showed; a certificate of a client of ours counts as a login. */
  TlsChannel secured(TlsChannel channel) {
    secure = true;
    channel
        .peerFingerprint()
        .filter(settings.clientCertificates()::contains)
        .ifPresent(fingerprint -> login = "certificate " + fingerprint.substring(0, 16));
    return channel;
  }

  void authenticated(String name) {
    login = name;
  }

  @Nullable String helo() {
    return helo;
  }

  boolean isSecure() {
    return secure;
  }

  @Nullable InetAddress address() {
    InetSocketAddress from = remote;
    return from == null ? null : from.getAddress();
  }

  /** Whether nobody can listen on the way. */
  boolean isLocal() {
    InetAddress address = address();
    return address == null || address.isLoopbackAddress();
  }

  Peer peer() {
    return new Peer(address(), "unknown", helo, login, false);
  }

  ClientIdentity identity() {
    int port = remote == null ? 0 : remote.getPort();
    return new ClientIdentity(address(), port, null, helo, extended, secure, local);
  }

  /** The protocol of the Received field (RFC 3848). */
  String protocol(boolean utf8) {
    String name = !extended ? "SMTP" : utf8 ? "UTF8SMTP" : "ESMTP";
    return name + (extended && secure ? "S" : "") + (extended && login != null ? "A" : "");
  }

  String describe() {
    InetAddress address = address();
    return address == null ? "unix socket" : IpLiteral.render(address);
  }
}
