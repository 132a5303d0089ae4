package dev.backstop.testkit.dns;

import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.MailExchanger;
import dev.backstop.dns.Resolver;
import dev.backstop.dns.ReverseName;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A resolver that is a map. A name that has nothing of the type asked for, or has names under it,
 * exists without data; every other name does not exist. Fill it before use: then it is safe for all
 * threads.
 */
public final class FakeResolver implements Resolver {
  private static final int MAX_ALIASES = 10;

  /** Types of records, as they are called. */
  private enum Type {
    TXT,
    A,
    AAAA,
    MX,
    PTR
  }

  private record Key(DnsName name, Type type) {}

  private final Map<DnsName, Map<Type, List<Object>>> zone = new TreeMap<>();
  private final Map<DnsName, DnsName> aliases = new TreeMap<>();
  private final Map<DnsName, Answer<?>> broken = new TreeMap<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private volatile boolean authenticated;

  /** One TXT record of one or more strings, each character an octet. */
  public FakeResolver txt(String name, String... strings) {
    return put(name, Type.TXT, String.join("", strings));
  }

  /** IPv4 and IPv6 addresses, by their form. */
  public FakeResolver address(String name, String... addresses) {
    for (String text : addresses) {
      InetAddress address = InetAddress.ofLiteral(text);
      put(name, address.getAddress().length == 4 ? Type.A : Type.AAAA, address);
    }
    return this;
  }

  /** An MX record; {@code .} as host is the Null MX. */
  public FakeResolver mx(String name, int preference, String host) {
    Optional<DnsName> target = host.equals(".") ? Optional.empty() : Optional.of(DnsName.of(host));
    return put(name, Type.MX, new MailExchanger(preference, target));
  }

  public FakeResolver ptr(String address, String... names) {
    for (String name : names) {
      put(ReverseName.of(InetAddress.ofLiteral(address)).text(), Type.PTR, DnsName.of(name));
    }
    return this;
  }

  public FakeResolver cname(String name, String target) {
    aliases.put(DnsName.of(name), DnsName.of(target));
    return this;
  }

  /** Every question for that name is answered by a time-out. */
  public FakeResolver timeout(String name) {
    broken.put(DnsName.of(name), new Answer.Timeout<>());
    return this;
  }

  /** Every question for that name is answered by SERVFAIL. */
  public FakeResolver serverFailure(String name) {
    broken.put(DnsName.of(name), new Answer.ServerFailure<>("SERVFAIL"));
    return this;
  }

  /** All answers are authenticated from now on. */
  public FakeResolver authenticated() {
    authenticated = true;
    return this;
  }

  /** What was asked so far, such as {@code TXT example.com}, in order. */
  public List<String> questions() {
    return List.copyOf(questions);
  }

  private FakeResolver put(String name, Type type, Object record) {
    zone.computeIfAbsent(DnsName.of(name), _ -> new TreeMap<>())
        .computeIfAbsent(type, _ -> new ArrayList<>())
        .add(record);
    return this;
  }

  @Override
  public Answer<String> txt(DnsName name) {
    return answer(new Key(name, Type.TXT), String.class);
  }

  @Override
  public Answer<InetAddress> ipv4(DnsName name) {
    return answer(new Key(name, Type.A), InetAddress.class);
  }

  @Override
  public Answer<InetAddress> ipv6(DnsName name) {
    return answer(new Key(name, Type.AAAA), InetAddress.class);
  }

  @Override
  public Answer<MailExchanger> mx(DnsName name) {
    return answer(new Key(name, Type.MX), MailExchanger.class);
  }

  @Override
  public Answer<DnsName> ptr(InetAddress address) {
    return answer(new Key(ReverseName.of(address), Type.PTR), DnsName.class);
  }

  @Override
  public Answer<DnsName> alias(DnsName name) {
    questions.add("CNAME " + name);
    DnsName target = aliases.get(name);
    return target == null
        ? new Answer.NoData<>(authenticated)
        : new Answer.Found<>(List.of(target), authenticated);
  }

  private <T> Answer<T> answer(Key key, Class<T> type) {
    questions.add(key.type() + " " + key.name());
    DnsName name = key.name();
    for (int i = 0; aliases.containsKey(name); i++) {
      if (i == MAX_ALIASES) {
        return new Answer.ServerFailure<>("aliases without end");
      }
      name = aliases.get(name);
    }
    Answer<?> failure = broken.get(name);
    if (failure != null) {
      return failure instanceof Answer.Timeout<?>
          ? new Answer.Timeout<>()
          : new Answer.ServerFailure<>("SERVFAIL");
    }
    List<T> records = records(name, key.type(), type);
    if (records.isEmpty()) {
      return exists(name)
          ? new Answer.NoData<>(authenticated)
          : new Answer.NoSuchName<>(authenticated);
    }
    return new Answer.Found<>(records, authenticated);
  }

  private <T> List<T> records(DnsName name, Type type, Class<T> as) {
    @Nullable List<Object> found = zone.getOrDefault(name, Map.of()).get(type);
    return found == null ? List.of() : found.stream().map(as::cast).toList();
  }

  private boolean exists(DnsName name) {
    return zone.keySet().stream().anyMatch(known -> known.isWithin(name));
  }

  @Override
  public String toString() {
    return Arrays.toString(zone.keySet().toArray());
  }
}
