package dev.backstop.dns;

import java.io.IOException;
import org.xbill.DNS.Name;

/** Names for the library, which would read a backslash in a text as an escape. */
final class WireName {
  private WireName() {}

  static Name of(DnsName name) {
    try {
      return new Name(name.wire());
    } catch (IOException e) {
      throw new IllegalStateException("a DnsName that is no name", e);
    }
  }
}
