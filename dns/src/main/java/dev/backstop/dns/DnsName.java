package dev.backstop.dns;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A name that can be asked for: one to 127 labels of 1 to 63 octets, 253 octets in all (RFC 1035
 * §2.3.4). Compared without regard to case, so it is kept in lower case.
 *
 * @param text labels joined by dots, without the final dot; ASCII
 */
public record DnsName(String text) implements Comparable<DnsName> {
  /** Octets of a name as text. */
  public static final int MAX_LENGTH = 253;

  private static final int MAX_LABEL = 63;

  public DnsName {
    if (!isValid(text)) {
      throw new IllegalArgumentException("not a name that can be asked for");
    }
  }

  /**
   * The name that this text means: in any case, with or without the final dot. U-labels become
   * A-labels (RFC 5890 §2.3.2.1). Any ASCII character may stand in a label, as DNS allows.
   *
   * @return empty when there can be no such name
   */
  public static Optional<DnsName> parse(String text) {
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (name.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String ascii = isAscii(name) ? name : aLabels(name);
    String lower = ascii.toLowerCase(Locale.ROOT);
    return isValid(lower) ? Optional.of(new DnsName(lower)) : Optional.empty();
  }

  /**
   * A name that is known to be one, such as a constant.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static DnsName of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not a domain name: " + text));
  }

  /**
   * The name that stands in a packet (RFC 1035 §3.1), without compression.
   *
   * @param wire labels with their length before them, to the empty one
   * @return empty for the root, for labels with a dot or an octet outside of ASCII, and for what is
   *     no name
   */
  public static Optional<DnsName> ofWire(byte[] wire) {
    var text = new StringBuilder(wire.length);
    int at = 0;
    while (at < wire.length && wire[at] > 0 && at + wire[at] < wire.length) {
      String label = new String(wire, at + 1, wire[at], StandardCharsets.ISO_8859_1);
      if (!isAscii(label) || label.indexOf('.') >= 0) {
        return Optional.empty();
      }
      text.append(at == 0 ? "" : ".").append(label);
      at += wire[at] + 1;
    }
    boolean whole = at < wire.length && wire[at] == 0;
    String lower = text.toString().toLowerCase(Locale.ROOT);
    return whole && isValid(lower) ? Optional.of(new DnsName(lower)) : Optional.empty();
  }

  /** As it goes into a packet, octet for octet: what zone files escape needs no escape here. */
  public byte[] wire() {
    byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
    byte[] wire = new byte[octets.length + 2];
    System.arraycopy(octets, 0, wire, 1, octets.length);
    int length = 0;
    for (int i = 1; i < wire.length; i++) {
      if (wire[i] == '.' || i == wire.length - 1) {
        wire[length] = (byte) (i - length - 1);
        length = i;
      }
    }
    return wire;
  }

  /** The empty text for what does not convert. */
  private static String aLabels(String name) {
    try {
      return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return "";
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static boolean isValid(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return false;
    }
    int label = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
        return false;
      }
      label = c == '.' ? 0 : label + 1;
      boolean empty = c == '.' && (i == 0 || text.charAt(i - 1) == '.');
      if (empty || label > MAX_LABEL) {
        return false;
      }
    }
    return label > 0;
  }

  /** The number of labels: 2 for {@code example.com}. */
  public int labels() {
    return (int) text.chars().filter(c -> c == '.').count() + 1;
  }

  /** Without the leftmost label; empty for a name of one label. */
  public Optional<DnsName> parent() {
    int dot = text.indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(new DnsName(text.substring(dot + 1)));
  }

  /** True for the name itself and every name under it. */
  public boolean isWithin(DnsName other) {
    return text.equals(other.text) || text.endsWith("." + other.text);
  }

  /**
   * Labels put before this name, such as {@code _dmarc}.
   *
   * @return empty when the whole would be too long or no name
   */
  public Optional<DnsName> under(String labels) {
    return parse(labels + "." + text);
  }

  @Override
  public int compareTo(DnsName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
