package dev.backstop.auth.spf;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.MailExchanger;
import dev.backstop.dns.Resolver;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers every question with anything; the same name need not get the same answer twice. */
final class HostileResolver implements Resolver {
  private static final String[] TERMS = {
    "include:a.example", "?include:%{d}", "-include:%{p}.example", "a", "a:%{h}/24//64", "~mx",
    "mx:%{l}.example", "ptr", "-ptr:example", "exists:%{ir}.%{v}.%{S1r-}.example", "-all", "+all",
    "?all", "ip4:192.0.2.0/24", "ip6:::/0", "redirect=b.example", "redirect=%{o}",
        "exp=%{p}.example",
    "x=y", "a:b", "%", "",
  };

  private final FuzzedDataProvider data;
  private int questions;
  private int unanswered;
  private boolean explained;

  HostileResolver(FuzzedDataProvider data) {
    this.data = data;
  }

  int questions() {
    return questions;
  }

  /** Questions that nobody answered. */
  int unanswered() {
    return unanswered;
  }

  /** Whether a record named an explanation. */
  boolean explained() {
    return explained;
  }

  @Override
  public Answer<String> txt(DnsName name) {
    return answer(this::text);
  }

  private String text() {
    if (data.consumeInt(0, 5) == 0) {
      return data.consumeString(200);
    }
    var text = new StringBuilder("v=spf1");
    for (int i = data.consumeInt(0, 12); i > 0; i--) {
      text.append(' ').append(data.pickValue(TERMS));
      if (data.consumeInt(0, 20) == 0) {
        text.append(data.consumeString(30));
      }
    }
    explained |= text.toString().toLowerCase(Locale.ROOT).contains("exp=");
    return text.toString();
  }

  @Override
  public Answer<InetAddress> ipv4(DnsName name) {
    return answer(() -> address(4));
  }

  @Override
  public Answer<InetAddress> ipv6(DnsName name) {
    return answer(() -> address(data.consumeBoolean() ? 16 : 4));
  }

  @Override
  public Answer<MailExchanger> mx(DnsName name) {
    return answer(() ->
        new MailExchanger(
            data.consumeInt(0, 3), data.consumeBoolean() ? name() : Optional.empty()));
  }

  @Override
  public Answer<DnsName> ptr(InetAddress address) {
    return answer(() -> name().orElse(DnsName.of("a.example")));
  }

  private Optional<DnsName> name() {
    return data.consumeBoolean()
        ? Optional.of(DnsName.of(data.pickValue(new String[] {"a.example", "b.a.example", "c"})))
        : DnsName.parse(data.consumeString(40));
  }

  private InetAddress address(int length) {
    byte[] octets = new byte[length];
    octets[length - 1] = data.consumeByte();
    return dev.backstop.mail.address.IpLiteral.of(octets);
  }

  private <T> Answer<T> answer(Supplier<T> record) {
    questions++;
    return switch (data.consumeInt(0, 9)) {
      case 0 -> new Answer.NoSuchName<>(false);
      case 1 -> new Answer.NoData<>(false);
      case 2 -> failed(new Answer.ServerFailure<>("\r\nno"));
      case 3 -> failed(new Answer.Timeout<>());
      default -> found(record);
    };
  }

  private <T> Answer<T> failed(Answer<T> answer) {
    unanswered++;
    return answer;
  }

  private <T> Answer<T> found(Supplier<T> record) {
    List<T> records = new ArrayList<>();
    for (int i = data.consumeBoolean() ? 1 : data.consumeInt(1, 14); i > 0; i--) {
      records.add(record.get());
    }
    return new Answer.Found<>(records, false);
  }
}
