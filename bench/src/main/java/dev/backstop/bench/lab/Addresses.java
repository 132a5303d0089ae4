package dev.backstop.bench.lab;

import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.header.NamedAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Addresses as texts. */
final class Addresses {
  private Addresses() {}

  /** Those of a field's value that have a domain. */
  static List<String> in(String value) {
    return NamedAddress.parse(value).stream()
        .map(NamedAddress::address)
        .filter(address -> address.indexOf('@') > 0)
        .toList();
  }

  /** As a message has it: a character for each octet of its UTF-8. */
  static String octets(Mailbox address) {
    byte[] octets = address.toString().getBytes(StandardCharsets.UTF_8);
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  /** One that is known to be right. */
  static Mailbox of(String address) {
    try {
      return Mailbox.parse(address);
    } catch (AddressSyntaxException e) {
      throw new IllegalArgumentException(address, e);
    }
  }
}
