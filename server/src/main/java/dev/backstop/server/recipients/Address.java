package dev.backstop.server.recipients;

import dev.backstop.bounce.tag.TaggedAddress;
import dev.backstop.mail.address.Mailbox;
import java.util.Locale;
import java.util.Optional;

/** Which recipients are asked for at all. */
final class Address {
  private Address() {}

  /** The user's own address: without our tag. */
  static Mailbox plain(Mailbox recipient) {
    Mailbox plain = TaggedAddress.read(recipient).plainOrNull();
    return plain == null ? recipient : plain;
  }

  /**
   * Why nobody is asked for it; empty: somebody is.
   *
   * @param recipient as the client wrote it
   */
  static Optional<String> exception(Mailbox recipient) {
    String local = plain(recipient).localPart().toLowerCase(Locale.ROOT);
    if (local.equals("postmaster") || local.equals("abuse")) {
      // RFC 5321 §4.5.1, RFC 2142: others' administrators can always reach us.
      return Optional.of(local + " is always let through");
    }
    if (TaggedAddress.read(recipient) instanceof TaggedAddress.Foreign) {
      return Optional.of("it carries the tag of another product, which only that one can read");
    }
    return local.matches("srs[01][-+=].*")
        ? Optional.of("it was rewritten by a forwarder (SRS), which only that one can read")
        : Optional.empty();
  }
}
