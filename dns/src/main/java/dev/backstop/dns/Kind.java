package dev.backstop.dns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** A type of record and what we make of it. There are no others than these six. */
final class Kind<T> {
  static final Kind<String> TXT = new Kind<>(Type.TXT, Kind::text, text -> 64 + text.length());
  static final Kind<InetAddress> IPV4 = new Kind<>(Type.A, Kind::ipv4, _ -> 64);
  static final Kind<InetAddress> IPV6 = new Kind<>(Type.AAAA, Kind::ipv6, _ -> 128);
  static final Kind<MailExchanger> MX =
      new Kind<>(Type.MX, Kind::mailExchanger, mx -> 48 + mx.host().map(Kind::octets).orElse(0));
  static final Kind<DnsName> PTR = new Kind<>(Type.PTR, Kind::pointer, Kind::octets);
  static final Kind<DnsName> CNAME = new Kind<>(Type.CNAME, Kind::alias, Kind::octets);

  private final int code;
  private final Function<Record, Optional<T>> reader;
  private final ToIntFunction<T> weight;

  private Kind(int code, Function<Record, Optional<T>> reader, ToIntFunction<T> weight) {
    this.code = code;
    this.reader = reader;
    this.weight = weight;
  }

  /** The number of the type. */
  int code() {
    return code;
  }

  /** Empty for a record that cannot be used, such as a host that is no {@link DnsName}. */
  Optional<T> read(Record record) {
    return reader.apply(record);
  }

  /** About how many octets of memory the records need. */
  int octets(List<T> records) {
    return records.stream().mapToInt(weight).sum();
  }

  private static int octets(DnsName name) {
    return 80 + name.text().length();
  }

  private static Optional<String> text(Record record) {
    if (!(record instanceof TXTRecord txt)) {
      return Optional.empty();
    }
    var text = new StringBuilder();
    for (byte[] string : txt.getStringsAsByteArrays()) {
      text.append(new String(string, StandardCharsets.ISO_8859_1));
    }
    return Optional.of(text.toString());
  }

  private static Optional<InetAddress> ipv4(Record record) {
    return record instanceof ARecord ? address(record) : Optional.empty();
  }

  private static Optional<InetAddress> ipv6(Record record) {
    return record instanceof AAAARecord ? address(record) : Optional.empty();
  }

  /** From the octets: the library's own way would keep the name of the record in each address. */
  private static Optional<InetAddress> address(Record record) {
    byte[] octets = record.rdataToWireCanonical();
    try {
      // A mapped address stays what was published; InetAddress would make IPv4 of it.
      return Optional.of(
          octets.length == 16
              ? Inet6Address.getByAddress(null, octets, -1)
              : InetAddress.getByAddress(octets));
    } catch (UnknownHostException _) {
      return Optional.empty();
    }
  }

  private static Optional<MailExchanger> mailExchanger(Record record) {
    if (!(record instanceof MXRecord mx)) {
      return Optional.empty();
    }
    if (mx.getTarget().equals(Name.root)) {
      return Optional.of(new MailExchanger(mx.getPriority(), Optional.empty()));
    }
    // A host that is no name must not become the root, which says that no mail is taken.
    return DnsName.ofWire(mx.getTarget().toWire())
        .map(host -> new MailExchanger(mx.getPriority(), Optional.of(host)));
  }

  private static Optional<DnsName> pointer(Record record) {
    return record instanceof PTRRecord ptr
        ? DnsName.ofWire(ptr.getTarget().toWire())
        : Optional.empty();
  }

  private static Optional<DnsName> alias(Record record) {
    return record instanceof CNAMERecord alias
        ? DnsName.ofWire(alias.getTarget().toWire())
        : Optional.empty();
  }

  @Override
  public String toString() {
    return Type.string(code);
  }
}
