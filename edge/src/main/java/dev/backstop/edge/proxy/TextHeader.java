package dev.backstop.edge.proxy;

import dev.backstop.edge.proxy.ProxyHeader.BadHeaderException;
import dev.backstop.edge.proxy.ProxyHeader.Parsed;
import dev.backstop.mail.address.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Version 1, a line of text (proxy-protocol.txt §2.1). */
final class TextHeader {
  /** With CR and LF. */
  private static final int MAX_LINE = 107;

  private static final byte[] BEGIN = "PROXY ".getBytes(StandardCharsets.US_ASCII);

  /** Numbers without leading zeros, which some read as octal. */
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

  private static final Pattern FOUR = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:]*[0-9A-Fa-f.:]*");
  private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");

  private TextHeader() {}

  static Parsed parse(byte[] octets, int from, int there) throws BadHeaderException {
    if (!ProxyHeader.beginsAs(BEGIN, octets, from, there)) {
      throw new BadHeaderException("no PROXY header");
    }
    int end = lineEnd(octets, from, Math.min(there, MAX_LINE));
    if (end >= 0) {
      String line = new String(octets, from, end, StandardCharsets.ISO_8859_1);
      return new Parsed.Done(header(line), end + 2);
    }
    if (there >= MAX_LINE) {
      throw new BadHeaderException("no end of the line within " + MAX_LINE + " octets");
    }
    return new Parsed.Incomplete();
  }

  /** Where CR LF stands; -1 if it has not come. */
  private static int lineEnd(byte[] octets, int from, int there) throws BadHeaderException {
    for (int i = 0; i < there; i++) {
      byte octet = octets[from + i];
      if (octet == '\n' || octet == 0) {
        throw new BadHeaderException("a line feed without carriage return, or NUL");
      }
      if (octet == '\r') {
        return i + 1 < there ? checkedEnd(octets[from + i + 1], i) : -1;
      }
    }
    return -1;
  }

  private static int checkedEnd(byte after, int at) throws BadHeaderException {
    if (after != '\n') {
      throw new BadHeaderException("a carriage return without line feed");
    }
    return at;
  }

  private static ProxyHeader header(String line) throws BadHeaderException {
    if (line.equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
      return ProxyHeader.UNKNOWN; // whatever follows has to be ignored
    }
    String[] words = line.split(" ", -1);
    if (words.length != 6) {
      throw new BadHeaderException("not six words");
    }
    boolean four =
        switch (words[1]) {
          case "TCP4" -> true;
          case "TCP6" -> false;
          default -> throw new BadHeaderException("neither TCP4 nor TCP6 nor UNKNOWN");
        };
    return new ProxyHeader(
        new InetSocketAddress(address(words[2], four), port(words[4])),
        new InetSocketAddress(address(words[3], four), port(words[5])));
  }

  private static InetAddress address(String text, boolean four) throws BadHeaderException {
    if ((four ? FOUR : SIX).matcher(text).matches()) {
      try {
        return IpLiteral.parse(text);
      } catch (IllegalArgumentException _) {
        // told below
      }
    }
    throw new BadHeaderException("not an address of IPv" + (four ? 4 : 6));
  }

  private static int port(String text) throws BadHeaderException {
    int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : -1;
    if (port < 0 || port > 65_535) {
      throw new BadHeaderException("not a port");
    }
    return port;
  }

  static byte[] unknown() {
    return "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] render(InetSocketAddress client, InetSocketAddress local) {
    boolean four = ProxyHeader.four(client, local);
    return "PROXY %s %s %s %d %d\r\n"
        .formatted(
            four ? "TCP4" : "TCP6",
            written(client.getAddress(), four),
            written(local.getAddress(), four),
            client.getPort(),
            local.getPort())
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String written(InetAddress address, boolean four) {
    String text = IpLiteral.render(address);
    return !four && address instanceof Inet4Address ? "::ffff:" + text : text;
  }
}
