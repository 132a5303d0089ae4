package dev.backstop.dns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * Names as they go over the wire, octet for octet. The text form of zone files, where a backslash
 * escapes, is never used: a blank or a backslash in a label is an octet like others.
 */
final class WireName {
  private WireName() {}

  static Name of(DnsName name) {
    byte[] text = name.text().getBytes(StandardCharsets.US_ASCII);
    byte[] wire = new byte[text.length + 2];
    System.arraycopy(text, 0, wire, 1, text.length);
    int label = 0;
    for (int i = 1; i < wire.length; i++) {
      if (wire[i] == '.' || i == wire.length - 1) {
        wire[label] = (byte) (i - label - 1);
        label = i;
      }
    }
    try {
      return new Name(wire);
    } catch (IOException e) {
      throw new IllegalStateException("a DnsName that is no name", e);
    }
  }

  /** Empty for the root, and for a label with a dot or an octet outside of ASCII. */
  static Optional<DnsName> toDnsName(Name name) {
    byte[] wire = name.toWire();
    var text = new StringBuilder(wire.length);
    for (int at = 0; wire[at] != 0; at += wire[at] + 1) {
      String label = new String(wire, at + 1, wire[at], StandardCharsets.ISO_8859_1);
      if (!label.chars().allMatch(c -> c < 0x80 && c != '.')) {
        return Optional.empty();
      }
      text.append(at == 0 ? "" : ".").append(label);
    }
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(new DnsName(text.toString().toLowerCase(Locale.ROOT)));
  }
}
