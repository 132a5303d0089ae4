package dev.backstop.auth.doctor.spf;

import dev.backstop.auth.spf.MacroLetter;
import dev.backstop.auth.spf.MacroString;
import dev.backstop.dns.DnsName;
import java.util.Optional;

/** The names that terms ask for, where no message is needed to know them (RFC 7208 §7). */
final class SpfNames {
  private final DnsName sender;

  /**
   * For mail from a domain.
   *
   * @param sender who is examined
   */
  SpfNames(DnsName sender) {
    this.sender = sender;
  }

  /** Empty when it depends on more than the domain: on the client, its name, or the sender. */
  Optional<DnsName> name(Optional<MacroString> spec, DnsName domain) {
    if (spec.isEmpty()) {
      return Optional.of(domain);
    }
    var text = new StringBuilder();
    for (MacroString.Part part : spec.get().parts()) {
      Optional<String> value = value(part, domain);
      if (value.isEmpty() || text.length() > DnsName.MAX_LENGTH) {
        return Optional.empty();
      }
      text.append(value.get());
    }
    return DnsName.parse(text.toString());
  }

  private Optional<String> value(MacroString.Part part, DnsName domain) {
    return switch (part) {
      case MacroString.Literal(String text) -> Optional.of(text);
      case MacroString.Escape escape -> Optional.of(escape.value());
      case MacroString.Macro macro -> value(macro, domain);
    };
  }

  private Optional<String> value(MacroString.Macro macro, DnsName domain) {
    boolean plain = macro.rightmost() == 0 && !macro.reversed() && macro.delimiters().isEmpty();
    if (plain && macro.letter() == MacroLetter.DOMAIN) {
      return Optional.of(domain.text());
    }
    return plain && macro.letter() == MacroLetter.SENDER_DOMAIN
        ? Optional.of(sender.text())
        : Optional.empty();
  }
}
