package dev.backstop.cli.auth.answer;

import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.MailExchanger;
import dev.backstop.dns.Resolver;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A resolver for one request that asks for each text once: what is shown as the record that decided
 * is the one that did, whatever its name server would say a moment later.
 */
final class Remembering implements Resolver {
  private final Resolver resolver;
  private final Map<DnsName, Answer<String>> texts = new ConcurrentHashMap<>();

  Remembering(Resolver resolver) {
    this.resolver = resolver;
  }

  @Override
  public Answer<String> txt(DnsName name) {
    return texts.computeIfAbsent(name, resolver::txt);
  }

  /** The texts that were found under that name; none when it was not asked for. */
  List<String> known(DnsName name) {
    Answer<String> answer = texts.get(name);
    return answer == null ? List.of() : answer.records();
  }

  @Override
  public Answer<InetAddress> ipv4(DnsName name) {
    return resolver.ipv4(name);
  }

  @Override
  public Answer<InetAddress> ipv6(DnsName name) {
    return resolver.ipv6(name);
  }

  @Override
  public Answer<MailExchanger> mx(DnsName name) {
    return resolver.mx(name);
  }

  @Override
  public Answer<DnsName> ptr(InetAddress address) {
    return resolver.ptr(address);
  }
}
