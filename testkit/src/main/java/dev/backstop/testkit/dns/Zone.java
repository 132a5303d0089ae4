package dev.backstop.testkit.dns;

import dev.backstop.dns.DnsName;
import dev.backstop.dns.MailExchanger;
import dev.backstop.dns.ReverseName;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that name servers of a test know. A name that has nothing of the type asked for, or has names
 * under it, exists without data; every other name does not exist. Fill it before use: then it is
 * safe for all threads.
 */
public final class Zone {
  private static final int MAX_ALIASES = 10;

  /** Types of records, as they are called. */
  enum Type {
    TXT,
    A,
    AAAA,
    MX,
    PTR,
    CNAME
  }

  /** What comes of a question. */
  enum Outcome {
    FOUND,
    NO_SUCH_NAME,
    NO_DATA,
    SERVER_FAILURE,
    TIMEOUT,
    ENDLESS
  }

  /**
   * @param path the name asked for, and those that aliases led to
   * @param records of the last of them
   */
  record Finding(Outcome outcome, List<DnsName> path, List<Object> records) {}

  private final Map<DnsName, Map<Type, List<Object>>> records = new HashMap<>();
  private final Map<DnsName, DnsName> aliases = new HashMap<>();
  private final Map<DnsName, Outcome> broken = new HashMap<>();
  private volatile boolean authenticated;
  private volatile int seconds = 300;

  /** One TXT record of one or more strings, each character an octet. */
  public Zone txt(String name, String... strings) {
    return put(DnsName.of(name), Type.TXT, String.join("", strings));
  }

  /** IPv4 and IPv6 addresses, by their form. */
  public Zone address(String name, String... addresses) {
    for (String text : addresses) {
      InetAddress address = InetAddress.ofLiteral(text);
      put(DnsName.of(name), address.getAddress().length == 4 ? Type.A : Type.AAAA, address);
    }
    return this;
  }

  /** An MX record; {@code .} as host is the Null MX. */
  public Zone mx(String name, int preference, String host) {
    Optional<DnsName> target = host.equals(".") ? Optional.empty() : Optional.of(DnsName.of(host));
    return put(DnsName.of(name), Type.MX, new MailExchanger(preference, target));
  }

  /** The names of an address. */
  public Zone ptr(String address, String... names) {
    for (String name : names) {
      put(ReverseName.of(InetAddress.ofLiteral(address)), Type.PTR, DnsName.of(name));
    }
    return this;
  }

  /** An alias. The other records of such a name are not seen. */
  public Zone cname(String name, String target) {
    aliases.put(DnsName.of(name), DnsName.of(target));
    return this;
  }

  /** No question for that name is answered. */
  public Zone timeout(String name) {
    broken.put(DnsName.of(name), Outcome.TIMEOUT);
    return this;
  }

  /** Every question for that name is answered by SERVFAIL. */
  public Zone serverFailure(String name) {
    broken.put(DnsName.of(name), Outcome.SERVER_FAILURE);
    return this;
  }

  /** All answers are authenticated from now on. */
  public Zone authenticated() {
    authenticated = true;
    return this;
  }

  /** How long all answers may be remembered; 300 seconds when nothing is said. */
  public Zone ttl(int timeToLive) {
    seconds = timeToLive;
    return this;
  }

  boolean isAuthenticated() {
    return authenticated;
  }

  int seconds() {
    return seconds;
  }

  private Zone put(DnsName name, Type type, Object record) {
    records
        .computeIfAbsent(name, _ -> new HashMap<>())
        .computeIfAbsent(type, _ -> new ArrayList<>())
        .add(record);
    return this;
  }

  /**
   * Looks a name up.
   *
   * @param type empty for a type that no record here has
   */
  Finding find(DnsName asked, Optional<Type> type) {
    DnsName alias = aliases.get(asked);
    if (alias != null && type.equals(Optional.of(Type.CNAME))) { // not followed (RFC 1034 §3.6.2)
      return new Finding(Outcome.FOUND, List.of(asked), List.of(alias));
    }
    var path = new ArrayList<DnsName>(List.of(asked));
    while (aliases.containsKey(path.getLast())) {
      if (path.size() > MAX_ALIASES) {
        return new Finding(Outcome.ENDLESS, path, List.of());
      }
      path.add(aliases.get(path.getLast()));
    }
    DnsName name = path.getLast();
    Outcome failure = broken.get(name);
    if (failure != null) {
      return new Finding(failure, path, List.of());
    }
    Map<Type, List<Object>> ofName = records.getOrDefault(name, Map.of());
    List<Object> found = type.map(it -> ofName.getOrDefault(it, List.of())).orElse(List.of());
    if (!found.isEmpty()) {
      return new Finding(Outcome.FOUND, path, found);
    }
    return new Finding(exists(name) ? Outcome.NO_DATA : Outcome.NO_SUCH_NAME, path, found);
  }

  private boolean exists(DnsName name) {
    return records.keySet().stream().anyMatch(known -> known.isWithin(name));
  }

  @Override
  public String toString() {
    return records.keySet().stream().sorted().toList().toString();
  }
}
