package dev.backstop.auth.spf;

import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.MailExchanger;
import dev.backstop.dns.Resolver;
import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Asks for one check and keeps its accounts (RFC 7208 §4.6.4): terms that ask, and terms that ask
 * for nothing. A term counts as void once, however many of its questions find nothing: "the number
 * of 'terms'" is what §4.6.4 limits. Otherwise three mail exchangers without IPv6 would make every
 * {@code mx} an error for an IPv6 client.
 */
final class Questions {
  private final Resolver resolver;
  private final InetAddress client;
  private final SpfLimits limits;
  private int lookups;
  private int voidLookups;
  private boolean mayBecomeVoid;

  Questions(Resolver resolver, InetAddress client, SpfLimits limits) {
    this.resolver = resolver;
    this.client = client;
    this.limits = limits;
  }

  /** A term begins that asks; false when there have been too many. */
  boolean beginTerm() {
    if (lookups == limits.lookups()) {
      return false;
    }
    lookups++;
    mayBecomeVoid = true;
    return true;
  }

  /** The result is known: what is asked for an explanation counts nowhere (§4.6.4). */
  void endTerms() {
    mayBecomeVoid = false;
  }

  int lookups() {
    return lookups;
  }

  int voidLookups() {
    return voidLookups;
  }

  boolean tooManyVoid() {
    return voidLookups > limits.voidLookups();
  }

  Answer<String> txt(DnsName name) {
    return counted(resolver.txt(name));
  }

  /** Addresses of the client's family (§5). */
  Answer<InetAddress> addresses(DnsName name) {
    boolean four = client instanceof Inet4Address;
    return counted(four ? resolver.ipv4(name) : resolver.ipv6(name));
  }

  Answer<InetAddress> ipv4(DnsName name) {
    return counted(resolver.ipv4(name));
  }

  Answer<MailExchanger> mx(DnsName name) {
    return counted(resolver.mx(name));
  }

  /** The client's names. */
  Answer<DnsName> ptr() {
    return counted(resolver.ptr(client));
  }

  private <T> Answer<T> counted(Answer<T> answer) {
    boolean nothing = answer instanceof Answer.NoSuchName || answer instanceof Answer.NoData;
    if (nothing && mayBecomeVoid) {
      voidLookups++;
      mayBecomeVoid = false;
    }
    return answer;
  }
}
