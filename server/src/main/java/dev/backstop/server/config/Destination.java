package dev.backstop.server.config;

import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;

/** Where mail goes: a whole domain or one mailbox. */
public sealed interface Destination {

  boolean matches(Mailbox recipient);

  /** All mailboxes of a domain, without its sub-domains. */
  record Domain(String name) implements Destination {
    @Override
    public boolean matches(Mailbox recipient) {
      return DomainName.same(name, recipient.domain());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * One mailbox. Its local part is compared without case: people write list addresses either way,
   * and a wrong match only costs one tag.
   */
  record Box(Mailbox mailbox) implements Destination {
    @Override
    public boolean matches(Mailbox recipient) {
      return mailbox.localPart().equalsIgnoreCase(recipient.localPart())
          && DomainName.same(mailbox.domain(), recipient.domain());
    }

    @Override
    public String toString() {
      return mailbox.toString();
    }
  }

  /**
   * Reads {@code lists.example.org} or {@code owner@lists.example.org}.
   *
   * @throws IllegalArgumentException with the reason in plain words
   */
  static Destination parse(String text) {
    if (text.indexOf('@') < 0) {
      return new Domain(DomainName.parse(text));
    }
    try {
      Mailbox mailbox = Mailbox.parse(text);
      return new Box(new Mailbox(mailbox.localPart(), DomainName.parse(mailbox.domain())));
    } catch (AddressSyntaxException e) {
      throw new IllegalArgumentException("not a mailbox: " + e.getMessage(), e);
    }
  }
}
