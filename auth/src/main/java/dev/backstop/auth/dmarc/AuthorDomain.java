package dev.backstop.auth.dmarc;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.message.HeaderField;
import java.util.List;

/**
 * The domain that readers see as the author's (RFC 9989 §5.3.1), or why there is not just one.
 * DMARC applies to {@link One} only; the others are the way around it that attackers try (RFC 9989
 * §11.5), so each is a result of its own.
 */
public sealed interface AuthorDomain {
  /** Domains that {@link #domains} names at most; there may be more in the field. */
  int MAX_DOMAINS = 10;

  /** Exactly one From field with addresses of exactly one domain. */
  record One(DnsName domain) implements AuthorDomain {
    @Override
    public List<DnsName> domains() {
      return List.of(domain);
    }
  }

  /** No From field. */
  record Missing() implements AuthorDomain {
    @Override
    public List<DnsName> domains() {
      return List.of();
    }
  }

  /**
   * More than one From field, with whatever domains (RFC 9989 §4.4: no alignment can be). Readers
   * see the one or the other.
   *
   * @param fields how many
   */
  record Repeated(int fields, List<DnsName> domains) implements AuthorDomain {
    public Repeated {
      domains = List.copyOf(domains);
    }
  }

  /** One field, as the grammar allows, with addresses of different domains. */
  record Several(List<DnsName> domains) implements AuthorDomain {
    public Several {
      domains = List.copyOf(domains);
    }
  }

  /**
   * The field does not say one thing to all readers: no address, a group without members, an
   * address literal, or syntax that programs read in different ways.
   *
   * @param reason in plain words, without text of the message
   * @param domains those that a reader might take for the author's
   */
  record Unreadable(String reason, List<DnsName> domains) implements AuthorDomain {
    public Unreadable {
      domains = List.copyOf(domains);
    }
  }

  /**
   * Every domain that may be the author's, at most {@value #MAX_DOMAINS}: where there is not one,
   * all of them can be verified and the strictest policy taken (RFC 9989 §11.5).
   */
  List<DnsName> domains();

  /** Finds it in the header of a message; reads at most {@link FromReader#MAX_FIELD} characters. */
  static AuthorDomain of(List<HeaderField> header) {
    return FromReader.read(header);
  }
}
