package dev.backstop.server.flow;

import dev.backstop.bounce.tag.TaggedAddress;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.header.NamedAddress;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.server.rules.Rules;
import dev.backstop.store.JournalEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where answers to a message of ours come, beside its reverse-path: responders and some bouncing
 * servers look at the header.
 */
final class AnswerAddresses {
  private static final List<String> FIELDS =
      List.of("From", "Reply-To", "Disposition-Notification-To");

  private AnswerAddresses() {}

  /** Addresses in our domains, plain; the first few. What does not parse gets no answer. */
  static List<Mailbox> of(List<HeaderField> header, Rules rules, Mailbox sender) {
    Set<Mailbox> found = new LinkedHashSet<>();
    for (String name : FIELDS) {
      for (HeaderField field : header) {
        if (field.nameIs(name) && found.size() < JournalEntry.MOST_ALSO_AS) {
          add(found, field, rules, sender);
        }
      }
    }
    return new ArrayList<>(found);
  }

  private static void add(Set<Mailbox> found, HeaderField field, Rules rules, Mailbox sender) {
    for (NamedAddress each : NamedAddress.parse(field.text())) {
      Optional<Mailbox> address = plain(each.address());
      if (address.isPresent()
          && found.size() < JournalEntry.MOST_ALSO_AS
          && !address.get().equals(sender)
          && rules.domainOf(address.get()).isPresent()) {
        found.add(address.get());
      }
    }
  }

  private static Optional<Mailbox> plain(String text) {
    try {
      Mailbox mailbox = Mailbox.parse(text);
      return Optional.of(
          TaggedAddress.read(mailbox) instanceof TaggedAddress.Ours ours ? ours.plain() : mailbox);
    } catch (AddressSyntaxException e) {
      return Optional.empty();
    }
  }
}
