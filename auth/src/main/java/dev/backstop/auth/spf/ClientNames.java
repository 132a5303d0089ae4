package dev.backstop.auth.spf;

import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The names of a client that lead back to it (RFC 7208 §5.5). Asked for once in a check, and only
 * those names are followed that could matter.
 */
final class ClientNames {
  private final Questions questions;
  private final InetAddress client;
  private final int limit;
  private final Map<DnsName, Boolean> validated = new HashMap<>();
  private @Nullable List<DnsName> names;
  private boolean unanswered;

  ClientNames(Questions questions, InetAddress client, int limit) {
    this.questions = questions;
    this.client = client;
    this.limit = limit;
  }

  boolean areKnown() {
    return names != null;
  }

  /** Whether a name server failed to answer for one of them. */
  boolean unanswered() {
    return unanswered;
  }

  boolean anyWithin(DnsName domain) {
    return first(name -> name.isWithin(domain)).isPresent();
  }

  /** The value of {@code %{p}} (RFC 7208 §7.3): the domain, else a name in it, else any. */
  Optional<DnsName> closestTo(DnsName domain) {
    return first(domain::equals)
        .or(() -> first(name -> name.isWithin(domain)))
        .or(() -> first(_ -> true));
  }

  private Optional<DnsName> first(Predicate<DnsName> wanted) {
    for (DnsName name : names()) {
      if (wanted.test(name) && leadsBack(name)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** The first ten; whoever writes the zone of an address could write any number (§4.6.4). */
  private List<DnsName> names() {
    List<DnsName> known = names;
    if (known == null) {
      Answer<DnsName> answer = questions.ptr();
      unanswered |= answer.isTemporary();
      List<DnsName> all = answer.records();
      known = all.subList(0, Math.min(limit, all.size()));
      names = known;
    }
    return known;
  }

  /** A name whose addresses nobody tells is left out (§5.5). */
  private boolean leadsBack(DnsName name) {
    Boolean known = validated.get(name);
    if (known == null) {
      Answer<InetAddress> answer = questions.addresses(name);
      unanswered |= answer.isTemporary();
      known = answer.records().contains(client);
      validated.put(name, known);
    }
    return known;
  }
}
