package dev.backstop.cli.auth.request;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.message.RawMessage;
import java.util.List;
import java.util.Optional;

/** One question. */
public sealed interface Request {
  /** Octets read of one message; of a longer one only the header can be judged. */
  int MAX_MESSAGE = 64 << 20;

  /** May that client use that name? */
  record Spf(Envelope envelope) implements Request {}

  /** Whom does the author domain let speak for itself, and is one of these among them? */
  record Dmarc(DnsName author, List<DnsName> spf, List<DnsName> dkim) implements Request {
    public Dmarc {
      spf = List.copyOf(spf);
      dkim = List.copyOf(dkim);
    }
  }

  /**
   * Who vouches for that message?
   *
   * @param file as it was named; empty when it has no name
   * @param headerOnly whether the body is not to be looked at
   * @param envelope how it came; empty when that is not known
   */
  record Message(
      Optional<String> file, RawMessage message, boolean headerOnly, Optional<Envelope> envelope)
      implements Request {}
}
