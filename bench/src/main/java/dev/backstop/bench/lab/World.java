package dev.backstop.bench.lab;

import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.MailExchanger;
import dev.backstop.dns.Resolver;
import dev.backstop.mail.smtp.Peer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the laboratory's name servers say: one host takes the mail of every domain, and answers for
 * it; ours leaves through {@link #OURS} alone. Immutable.
 */
final class World implements Resolver {
  /** Where our mail comes from. */
  static final String OURS = "198.51.100.25";

  /** The exchanger of everybody. */
  static final String EXCHANGER = "203.0.113.7";

  /** Somebody who takes mail for nobody. */
  static final String STRANGER = "192.0.2.66";

  /** A client without a login. */
  static Peer client(String address) {
    return peer(address, null);
  }

  /** A user of ours. */
  static Peer user() {
    return peer("10.0.0.1", "user");
  }

  private static Peer peer(String address, @Nullable String login) {
    try {
      return new Peer(InetAddress.getByName(address), "unknown", "mx.far.example", login, false);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }

  @Override
  public Answer<String> txt(DnsName name) {
    return name.text().endsWith("ours.test") && !name.text().startsWith("_")
        ? new Answer.Found<>(List.of("v=spf1 ip4:" + OURS + " -all"), false)
        : new Answer.NoSuchName<>(false);
  }

  @Override
  public Answer<InetAddress> ipv4(DnsName name) {
    return name.text().startsWith("mx.")
        ? new Answer.Found<>(List.of(address(EXCHANGER)), false)
        : new Answer.NoSuchName<>(false);
  }

  private static InetAddress address(String literal) {
    return Objects.requireNonNull(client(literal).address());
  }

  @Override
  public Answer<InetAddress> ipv6(DnsName name) {
    return new Answer.NoSuchName<>(false);
  }

  @Override
  public Answer<MailExchanger> mx(DnsName name) {
    return new Answer.Found<>(
        List.of(new MailExchanger(10, DnsName.parse("mx." + name.text()))), false);
  }

  @Override
  public Answer<DnsName> ptr(InetAddress address) {
    return new Answer.NoSuchName<>(false);
  }
}
