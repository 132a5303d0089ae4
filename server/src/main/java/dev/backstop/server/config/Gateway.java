package dev.backstop.server.config;

import dev.backstop.edge.ListenAddress;
import dev.backstop.edge.smtp.content.LineEnds;
import dev.backstop.edge.smtp.nexthop.NextHop;
import dev.backstop.edge.smtp.nexthop.NextHop.Identify;
import dev.backstop.edge.smtp.nexthop.NextHop.TlsPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The door that speaks SMTP, before a mail server.
 *
 * @param listen none, or no next hop: the door is closed
 * @param nextHop who takes mail that comes, in order of preference
 * @param outgoingNextHop who takes mail of our own clients; none: {@code nextHop}
 * @param nextHopTls whether connections to next hops are encrypted
 * @param identifyClient how a next hop is told who the client is; one for outgoing mail is not: it
 *     trusts us, and need not know our clients
 * @param proxies load balancers, whose connections begin with a PROXY header
 * @param certificate chain for STARTTLS, PEM, absolute; always there when {@code key} is
 * @param key its key, PEM, absolute
 * @param clientCertificates SHA-256 fingerprints of clients of ours, lower-case hex
 * @param auth whether AUTH is passed through to the outgoing next hop
 * @param lineEnds what is done with line ends that are not CRLF
 * @param maxMessageSize octets
 * @param maxRecipients per transaction
 * @param maxConnections open at the same time, over all addresses
 * @param clientLimits for each network of strangers
 */
public record Gateway(
    List<ListenAddress> listen,
    List<NextHop> nextHop,
    List<NextHop> outgoingNextHop,
    TlsPolicy nextHopTls,
    Identify identifyClient,
    List<Network> proxies,
    Optional<Path> certificate,
    Optional<Path> key,
    List<String> clientCertificates,
    boolean auth,
    LineEnds lineEnds,
    int maxMessageSize,
    int maxRecipients,
    int maxConnections,
    ClientLimits clientLimits) {

  /**
   * What one network of strangers (an IPv4 address, an IPv6 /64) may do; 0: no limit.
   *
   * @param connections open at the same time
   * @param connectionsPerMinute new ones
   * @param messagesPerMinute MAIL commands
   * @param refusalsPerMinute recipients that were refused for good
   */
  public record ClientLimits(
      int connections, int connectionsPerMinute, int messagesPerMinute, int refusalsPerMinute) {
    static final ClientLimits DEFAULT = new ClientLimits(50, 300, 600, 60);
  }

  static final Gateway DEFAULT =
      new Gateway(
          List.of(ListenAddress.parse("127.0.0.1:2525")),
          List.of(),
          List.of(),
          TlsPolicy.MAY,
          Identify.AUTO,
          List.of(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          false,
          LineEnds.REFUSE,
          50 * 1024 * 1024,
          1000,
          10_000,
          ClientLimits.DEFAULT);

  private static final int MEBI = 1024 * 1024;

  public Gateway {
    listen = List.copyOf(listen);
    nextHop = List.copyOf(nextHop);
    outgoingNextHop = List.copyOf(outgoingNextHop);
    proxies = List.copyOf(proxies);
    clientCertificates = List.copyOf(clientCertificates);
  }

  /** Whether there is anything to listen on, and anybody to hand mail to. */
  public boolean isOpen() {
    return !listen.isEmpty() && !nextHop.isEmpty();
  }

  /**
   * Reads the table.
   *
   * @param path reads a path relative to the file
   */
  static Gateway read(Section section, Function<String, Path> path) {
    TlsPolicy tls = section.choice("next-hop-tls", DEFAULT.nextHopTls());
    Identify identify = section.choice("identify-client", DEFAULT.identifyClient());
    Gateway gateway =
        new Gateway(
            section.list(
                "listen", DEFAULT.listen(), "[\"0.0.0.0:25\", \"[::]:25\"]", ListenAddress::parse),
            hops(section, "next-hop", tls, identify),
            hops(section, "outgoing-next-hop", tls, Identify.NONE),
            tls,
            identify,
            section.list("proxies", DEFAULT.proxies(), "[\"192.0.2.0/28\"]", Gateway::proxy),
            section.value("certificate", "\"fullchain.pem\"", path),
            section.value("key", "\"privkey.pem\"", path),
            section.list(
                "client-certificates",
                DEFAULT.clientCertificates(),
                "[\"" + "0123456789abcdef".repeat(4) + "\"]",
                Gateway::fingerprint),
            section.flag("auth", DEFAULT.auth()),
            section.choice("line-ends", DEFAULT.lineEnds()),
            section.size("max-message-size", DEFAULT.maxMessageSize(), 64 * 1024, 1024 * MEBI),
            section.number("max-recipients", DEFAULT.maxRecipients(), 100, 100_000),
            section.number("max-connections", DEFAULT.maxConnections(), 1, 1_000_000),
            limits(section));
    section.refuseOthers();
    if (gateway.certificate().isPresent() != gateway.key().isPresent()) {
      boolean noKey = gateway.key().isEmpty();
      section.refuse(
          "gateway." + (noKey ? "certificate" : "key"),
          null,
          "needs " + (noKey ? "key" : "certificate") + " beside it");
    }
    return gateway;
  }

  private static ClientLimits limits(Section section) {
    ClientLimits usual = ClientLimits.DEFAULT;
    return new ClientLimits(
        section.number("max-connections-per-client", usual.connections(), 0, 1_000_000),
        section.number("max-connection-rate", usual.connectionsPerMinute(), 0, 1_000_000),
        section.number("max-message-rate", usual.messagesPerMinute(), 0, 1_000_000),
        section.number("max-refusal-rate", usual.refusalsPerMinute(), 0, 1_000_000));
  }

  private static List<NextHop> hops(Section section, String key, TlsPolicy tls, Identify identify) {
    return section.list(
        key,
        List.of(),
        "[\"127.0.0.1:10025\", \"lmtp:unix:/run/dovecot/lmtp\"]",
        text -> NextHop.parse(text, tls, identify));
  }

  /** Whoever is believed may say that his client is one of ours. */
  private static Network proxy(String text) {
    Network network = Network.parse(text);
    if (network.prefix() < network.leastPrefix()) {
      throw new IllegalArgumentException("would let strangers say that they are clients of ours");
    }
    return network;
  }

  /** As {@code openssl x509 -fingerprint -sha256} prints it, or without the colons. */
  private static String fingerprint(String text) {
    String hex = text.replace(":", "").toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("must be the SHA-256 fingerprint of a certificate");
    }
    return hex;
  }
}
