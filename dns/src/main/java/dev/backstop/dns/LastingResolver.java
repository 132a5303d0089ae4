package dev.backstop.dns;

import java.net.InetAddress;

/** A resolver that knows how long its answers last. Safe for all threads. */
abstract class LastingResolver implements Resolver {

  /** Ends by {@link Deadline#current}; throws nothing. */
  abstract <T> Lasting<T> lookup(Question<T> question);

  @Override
  public final Answer<String> txt(DnsName name) {
    return answer(name, Kind.TXT);
  }

  @Override
  public final Answer<InetAddress> ipv4(DnsName name) {
    return answer(name, Kind.IPV4);
  }

  @Override
  public final Answer<InetAddress> ipv6(DnsName name) {
    return answer(name, Kind.IPV6);
  }

  @Override
  public final Answer<MailExchanger> mx(DnsName name) {
    return answer(name, Kind.MX);
  }

  @Override
  public final Answer<DnsName> ptr(InetAddress address) {
    return answer(ReverseName.of(address), Kind.PTR);
  }

  @Override
  public final Answer<DnsName> alias(DnsName name) {
    return answer(name, Kind.CNAME);
  }

  private <T> Answer<T> answer(DnsName name, Kind<T> kind) {
    return lookup(new Question<>(name, kind)).answer();
  }
}
