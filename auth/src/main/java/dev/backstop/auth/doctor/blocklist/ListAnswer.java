package dev.backstop.auth.doctor.blocklist;

import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import dev.backstop.dns.ReverseName;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What a list says of one address (RFC 5782 §2.1). */
public sealed interface ListAnswer {

  /**
   * It is on the list.
   *
   * @param codes the last numbers of the answers, 0 to 255
   */
  record Listed(List<Integer> codes) implements ListAnswer {
    public Listed {
      codes = List.copyOf(codes);
    }
  }

  /** It is not. */
  record NotListed() implements ListAnswer {}

  /**
   * The list does not answer us: 127.255.255.x, as its operators use it.
   *
   * @param code the last number
   */
  record Refused(int code) implements ListAnswer {}

  /** Something that no list says: an address outside 127.0.0.0/8. */
  record Nonsense() implements ListAnswer {}

  /** A name server did not say. */
  record Unanswered(String reason) implements ListAnswer {}

  /** Asks. */
  static ListAnswer of(Resolver resolver, Blocklist list, InetAddress address) {
    return of(resolver, list, ReverseName.reversed(address));
  }

  /**
   * Asks.
   *
   * @param reversed an address as labels (RFC 5782 §2.1, §2.4)
   */
  static ListAnswer of(Resolver resolver, Blocklist list, String reversed) {
    Optional<DnsName> name = list.zone().under(reversed);
    if (name.isEmpty()) {
      return new Unanswered("the name of the list is too long");
    }
    Answer<InetAddress> answer = resolver.ipv4(name.get());
    return switch (answer) {
      case Answer.Found<InetAddress> found -> read(found.records());
      case Answer.NoSuchName<InetAddress> _, Answer.NoData<InetAddress> _ -> new NotListed();
      case Answer.ServerFailure<InetAddress> _, Answer.Timeout<InetAddress> _ ->
          new Unanswered(answer.describe());
    };
  }

  private static ListAnswer read(List<InetAddress> addresses) {
    List<byte[]> answers = addresses.stream().map(InetAddress::getAddress).toList();
    if (answers.stream().anyMatch(octets -> octets[0] != 127)) {
      return new Nonsense();
    }
    Optional<byte[]> refusal =
        answers.stream()
            .filter(octets -> (octets[1] & 0xff) == 255 && (octets[2] & 0xff) == 255)
            .findFirst();
    return refusal.isPresent()
        ? new Refused(refusal.get()[3] & 0xff)
        : new Listed(
            answers.stream().map(octets -> octets[3] & 0xff).distinct().limit(10).toList());
  }
}
