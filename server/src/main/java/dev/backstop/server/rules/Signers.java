package dev.backstop.server.rules;

import dev.backstop.auth.dkim.DkimSigner;
import dev.backstop.auth.dkim.SigningKey;
import dev.backstop.auth.dmarc.AuthorDomain;
import dev.backstop.dns.DnsName;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.server.keys.dkim.DkimKeys;
import java.util.List;
import java.util.Optional;

/** Chooses who signs a message of ours. Immutable, safe for all threads. */
public final class Signers {
  private final DkimKeys keys;

  public Signers(DkimKeys keys) {
    this.keys = keys;
  }

  /**
   * The signer of a message: for the author's domain, since DMARC looks at nothing else, but only
   * where the envelope sender is of the same organization. Otherwise any customer of a hoster could
   * have mail signed in the name of any other; such mail gets the signature of its sender's domain.
   *
   * @return empty when that domain and those above it have no key
   */
  public Optional<DkimSigner> of(Mailbox sender, List<HeaderField> header) {
    Optional<DnsName> envelope = DnsName.parse(sender.domain());
    if (envelope.isEmpty()) {
      return Optional.empty();
    }
    DnsName domain =
        AuthorDomain.of(header) instanceof AuthorDomain.One author
                && areRelated(author.domain(), envelope.get())
            ? author.domain()
            : envelope.get();
    return nearest(domain).map(found -> new DkimSigner(found, Optional.empty()));
  }

  private static boolean areRelated(DnsName one, DnsName other) {
    return one.isWithin(other) || other.isWithin(one);
  }

  /** A key of a domain above is aligned too, in DMARC's relaxed mode (RFC 9989 §3.2.10.1). */
  private Optional<List<SigningKey>> nearest(DnsName domain) {
    Optional<DnsName> name = Optional.of(domain);
    while (name.isPresent()) {
      List<SigningKey> found = keys.signing(name.get());
      if (!found.isEmpty()) {
        return Optional.of(found);
      }
      name = name.get().parent();
    }
    return Optional.empty();
  }
}
