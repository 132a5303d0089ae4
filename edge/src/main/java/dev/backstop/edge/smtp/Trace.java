package dev.backstop.edge.smtp;

import dev.backstop.edge.smtp.nexthop.NextHopConnection;
import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.smtp.Peer;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Received field (RFC 5321 §4.4). */
final class Trace {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss xx", Locale.ROOT);
  private static final byte[] NOTHING = new byte[0];

  private Trace() {}

  /**
   * The field with its line end, or nothing: a next hop that was told who the client is writes the
   * same field itself.
   *
   * @param with the protocol (RFC 3848)
   */
  static byte[] of(
      NextHopConnection hop, String name, MailTransaction mail, String with, Instant now) {
    if (knowsClient(hop)) {
      return NOTHING;
    }
    String field =
        "Received: from "
            + helo(mail.peer)
            + " ("
            + address(mail.peer)
            + ")\r\n\tby "
            + name
            + " (Backstop) with "
            + with
            + " id "
            + mail.id
            + ";\r\n\t"
            + DATE.format(now.atOffset(ZoneOffset.UTC))
            + "\r\n";
    return field.getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean knowsClient(NextHopConnection hop) {
    boolean xclient = hop.capabilities().has("XCLIENT");
    return switch (hop.hop().identify()) {
      case AUTO, XCLIENT -> xclient;
      case PROXY_V1, PROXY_V2 -> true;
      case NONE, XFORWARD -> false;
    };
  }

  /** Only what cannot be taken for anything else in the field. */
  private static String helo(Peer peer) {
    String helo = peer.helo() == null ? "" : peer.helo();
    String safe = helo.replaceAll("[^A-Za-z0-9._:\\[\\]-]", "?");
    return safe.isEmpty() ? "unknown" : safe;
  }

  private static String address(Peer peer) {
    InetAddress address = peer.address();
    if (address == null) {
      return "unix socket";
    }
    String literal = IpLiteral.render(address);
    return address instanceof Inet6Address ? "[IPv6:" + literal + "]" : "[" + literal + "]";
  }
}
