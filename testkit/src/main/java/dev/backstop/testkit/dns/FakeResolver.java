package dev.backstop.testkit.dns;

import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.MailExchanger;
import dev.backstop.dns.Resolver;
import dev.backstop.dns.ReverseName;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A resolver that is a map: the answers of a {@link Zone}, without a network. Fill it before use:
 * then it is safe for all threads.
 */
public final class FakeResolver implements Resolver {
  private final Zone zone;
  private final List<String> questions = new CopyOnWriteArrayList<>();

  /** With nothing in it. */
  public FakeResolver() {
    this(new Zone());
  }

  /** With what is in a zone now, and later. */
  public FakeResolver(Zone zone) {
    this.zone = zone;
  }

  /** One TXT record of one or more strings, each character an octet. */
  public FakeResolver txt(String name, String... strings) {
    zone.txt(name, strings);
    return this;
  }

  /** IPv4 and IPv6 addresses, by their form. */
  public FakeResolver address(String name, String... addresses) {
    zone.address(name, addresses);
    return this;
  }

  /** An MX record; {@code .} as host is the Null MX. */
  public FakeResolver mx(String name, int preference, String host) {
    zone.mx(name, preference, host);
    return this;
  }

  /** The names of an address. */
  public FakeResolver ptr(String address, String... names) {
    zone.ptr(address, names);
    return this;
  }

  /** An alias. The other records of such a name are not seen. */
  public FakeResolver cname(String name, String target) {
    zone.cname(name, target);
    return this;
  }

  /** Every question for that name is answered by a time-out. */
  public FakeResolver timeout(String name) {
    zone.timeout(name);
    return this;
  }

  /** Every question for that name is answered by SERVFAIL. */
  public FakeResolver serverFailure(String name) {
    zone.serverFailure(name);
    return this;
  }

  /** All answers are authenticated from now on. */
  public FakeResolver authenticated() {
    zone.authenticated();
    return this;
  }

  /** What was asked so far, such as {@code TXT example.com}, in order. */
  public List<String> questions() {
    return List.copyOf(questions);
  }

  @Override
  public Answer<String> txt(DnsName name) {
    return answer(name, Zone.Type.TXT, String.class);
  }

  @Override
  public Answer<InetAddress> ipv4(DnsName name) {
    return answer(name, Zone.Type.A, InetAddress.class);
  }

  @Override
  public Answer<InetAddress> ipv6(DnsName name) {
    return answer(name, Zone.Type.AAAA, InetAddress.class);
  }

  @Override
  public Answer<MailExchanger> mx(DnsName name) {
    return answer(name, Zone.Type.MX, MailExchanger.class);
  }

  @Override
  public Answer<DnsName> ptr(InetAddress address) {
    return answer(ReverseName.of(address), Zone.Type.PTR, DnsName.class);
  }

  @Override
  public Answer<DnsName> alias(DnsName name) {
    return answer(name, Zone.Type.CNAME, DnsName.class);
  }

  private <T> Answer<T> answer(DnsName name, Zone.Type type, Class<T> as) {
    questions.add(type + " " + name);
    Zone.Finding finding = zone.find(name, Optional.of(type));
    return switch (finding.outcome()) {
      case FOUND ->
          new Answer.Found<>(
              finding.records().stream().map(as::cast).toList(), zone.isAuthenticated());
      case NO_SUCH_NAME -> new Answer.NoSuchName<>(zone.isAuthenticated());
      case NO_DATA -> new Answer.NoData<>(zone.isAuthenticated());
      case SERVER_FAILURE -> new Answer.ServerFailure<>("SERVFAIL");
      case TIMEOUT -> new Answer.Timeout<>();
      case ENDLESS -> new Answer.ServerFailure<>("aliases without end");
    };
  }

  @Override
  public String toString() {
    return zone.toString();
  }
}
