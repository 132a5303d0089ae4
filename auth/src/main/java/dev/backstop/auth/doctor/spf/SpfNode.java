package dev.backstop.auth.doctor.spf;

import dev.backstop.auth.spf.SpfRecord;
import dev.backstop.auth.spf.Term;
import dev.backstop.dns.DnsName;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What stands at a name that an SPF record leads to, and what it leads to itself. Immutable. */
public sealed interface SpfNode {

  DnsName domain();

  /**
   * One SPF record.
   *
   * @param text as published, one character for each octet
   * @param octets about the length of the whole answer with all TXT records of the name
   * @param branches the terms that ask name servers and are reached, in their order
   */
  record Published(DnsName domain, String text, SpfRecord record, int octets, List<Branch> branches)
      implements SpfNode {
    public Published {
      branches = List.copyOf(branches);
    }
  }

  /**
   * No SPF record.
   *
   * @param exists false when there is no such name
   * @param nearly TXT records that were meant as SPF, but are none
   */
  record Missing(DnsName domain, boolean exists, List<String> nearly) implements SpfNode {
    public Missing {
      nearly = List.copyOf(nearly);
    }
  }

  /** More than one SPF record, which counts like a broken one (RFC 7208 §4.5). */
  record Several(DnsName domain, List<String> texts) implements SpfNode {
    public Several {
      texts = List.copyOf(texts);
    }
  }

  /** A name server did not say. */
  record Unanswered(DnsName domain, String reason) implements SpfNode {}

  /** The name stands above itself: a check would go on for ever, up to its limit. */
  record Loop(DnsName domain) implements SpfNode {}

  /** Not looked at any more, because the tree is far too large already. */
  record Unread(DnsName domain) implements SpfNode {}

  /** A term that asks name servers, which counts as one lookup (RFC 7208 §4.6.4). */
  record Branch(Term term, Seen seen) {
    /** This lookup and those that follow from it. */
    public int lookups() {
      return seen instanceof Included(SpfNode node) ? 1 + node.lookups() : 1;
    }

    /** Whether it finds nothing, for which there is a limit too (RFC 7208 §4.6.4). */
    public boolean isVoid() {
      return switch (seen) {
        case Included(Missing _) -> true;
        case Included _, Unknown _ -> false;
        case Hosts hosts -> hosts.addresses().isEmpty() && hosts.trouble().isEmpty();
      };
    }
  }

  /** What a term led to. */
  sealed interface Seen {}

  /** The record of an {@code include} or {@code redirect}. */
  record Included(SpfNode node) implements Seen {}

  /**
   * The addresses of an {@code a}, {@code mx} or {@code exists}, of both families.
   *
   * @param name asked for
   * @param exchangers how many an {@code mx} has; 0 for the others
   * @param trouble what a name server did not answer
   */
  record Hosts(DnsName name, int exchangers, List<InetAddress> addresses, Optional<String> trouble)
      implements Seen {
    public Hosts {
      addresses = List.copyOf(addresses);
    }
  }

  /** It depends on the sender or the client, or was one too many to look at. */
  record Unknown() implements Seen {}

  /** The terms that reach nothing but this. */
  default List<Branch> branches() {
    return this instanceof Published published ? published.branches() : List.of();
  }

  /** Lookups at worst, when no term before the last matches. */
  default int lookups() {
    return branches().stream().mapToInt(Branch::lookups).sum();
  }

  /** Lookups that find nothing, at worst. */
  default int voidLookups() {
    int here = (int) branches().stream().filter(Branch::isVoid).count();
    return here
        + branches().stream()
            .mapToInt(
                branch -> branch.seen() instanceof Included(SpfNode node) ? node.voidLookups() : 0)
            .sum();
  }
}
