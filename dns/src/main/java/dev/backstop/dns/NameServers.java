package dev.backstop.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The name servers that are asked. They have to resolve for us (recursion), as the servers in
 * {@code /etc/resolv.conf} do.
 *
 * @param addresses at least one; asked in this order
 * @param trusted whether the AD bit of their answers is believed (RFC 4035 §4.9.3). It is worth as
 *     much as the servers that set it and the network on the way to them: best a validating server
 *     on this machine
 */
public record NameServers(List<InetSocketAddress> addresses, boolean trusted) {
  /** The port of name servers. */
  public static final int PORT = 53;

  /** What the C library reads and takes from it. */
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

  private static final int MAX_OF_RESOLV_CONF = 3;

  public NameServers {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty() || addresses.stream().anyMatch(InetSocketAddress::isUnresolved)) {
      throw new IllegalArgumentException("no name servers, or one without an address");
    }
  }

  /**
   * The servers of this system, as resolv.conf(5) has it: {@code nameserver} lines of {@code
   * /etc/resolv.conf}, the first three; without any, or without the file, the server on this
   * machine (127.0.0.1). Their AD bit is believed only with {@code options trust-ad}. Other options
   * and search lists are not used. A later change of the file is not seen.
   */
  public static NameServers ofSystem() {
    try {
      return ofResolvConf(Files.readAllLines(RESOLV_CONF, StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      return ofResolvConf(List.of());
    }
  }

  static NameServers ofResolvConf(List<String> lines) {
    var addresses = new ArrayList<InetSocketAddress>();
    boolean trusted = false;
    for (String line : lines) {
      List<String> words = List.of(line.strip().split("[ \t]+"));
      if (words.getFirst().equals("nameserver") && words.size() > 1) {
        address(words.get(1), PORT).ifPresent(addresses::add);
      } else if (words.getFirst().equals("options")) {
        trusted |= words.contains("trust-ad");
      }
    }
    if (addresses.isEmpty()) {
      addresses.add(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), PORT));
    }
    int count = Math.min(addresses.size(), MAX_OF_RESOLV_CONF);
    return new NameServers(addresses.subList(0, count), trusted);
  }

  /**
   * The address of a server: {@code 192.0.2.53}, {@code 192.0.2.53:5353}, {@code 2001:db8::53},
   * {@code [2001:db8::53]:5353}. Port 53 when none is given.
   *
   * @return empty for anything else, host names included: who would look them up?
   */
  public static Optional<InetSocketAddress> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (text.startsWith("[")) {
      boolean withPort = colon > 0 && text.charAt(colon - 1) == ']';
      String host = withPort ? text.substring(0, colon) : text;
      return host.endsWith("]") && host.indexOf(':') > 0
          ? address(host.substring(1, host.length() - 1), withPort ? text.substring(colon + 1) : "")
          : Optional.empty();
    }
    return colon < 0 || text.indexOf(':') < colon
        ? address(text, PORT)
        : address(text.substring(0, colon), text.substring(colon + 1));
  }

  private static Optional<InetSocketAddress> address(String host, String port) {
    if (port.isEmpty()) {
      return address(host, PORT);
    }
    try {
      int number = Integer.parseInt(port);
      return number > 0 && number < 65_536 ? address(host, number) : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Optional<InetSocketAddress> address(String host, int port) {
    try {
      return Optional.of(new InetSocketAddress(InetAddress.ofLiteral(host), port));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
