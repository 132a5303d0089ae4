package dev.backstop.server.config;

import dev.backstop.edge.smtp.nexthop.NextHop;
import dev.backstop.edge.smtp.nexthop.NextHop.Identify;
import dev.backstop.edge.smtp.nexthop.NextHop.TlsPolicy;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
import java.util.List;
import java.util.Optional;

/**
 * A mail server that is asked with MAIL and RCPT whether it takes mail for a recipient; never with
 * DATA.
 *
 * @param server empty: none is asked
 * @param sender of MAIL; the null sender is the one that every server must take
 * @param domains it knows all addresses of; none: of all our domains
 * @param maxRate questions a second, at most
 */
public record CallOut(
    Optional<NextHop> server, ReversePath sender, List<String> domains, int maxRate) {
  static final CallOut NONE =
      new CallOut(Optional.empty(), NullReversePath.INSTANCE, List.of(), 10);

  public CallOut {
    domains = List.copyOf(domains);
  }

  public boolean isOn() {
    return server.isPresent();
  }

  static CallOut read(Section section) {
    CallOut callOut =
        new CallOut(
            section.value(
                "server",
                "\"mail.example.com:25\"",
                text -> NextHop.parse(text, TlsPolicy.MAY, Identify.NONE)),
            section.value("sender", "\"<>\"", CallOut::sender).orElse(NONE.sender()),
            section.list("domains", List.of(), "[\"example.com\"]", DomainName::parse),
            section.number("max-rate", NONE.maxRate(), 1, 10_000));
    section.refuseOthers();
    return callOut;
  }

  private static ReversePath sender(String text) {
    try {
      return ReversePath.parse(text);
    } catch (AddressSyntaxException e) {
      throw new IllegalArgumentException("not a sender: " + e.getMessage(), e);
    }
  }
}
