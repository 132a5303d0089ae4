package dev.backstop.dns;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * Reads an answer. Only records on the way from the name asked for count, whatever else a server
 * puts into its packet.
 */
final class AnswerReader {
  /** Records kept of one answer, the first ones; checks of mail look at ten or so. */
  static final int MAX_RECORDS = 1_000;

  private final Message message;
  private final List<Record> answers;

  private AnswerReader(Message message) {
    this.message = message;
    this.answers = message.getSection(Section.ANSWER);
  }

  /**
   * Throws nothing.
   *
   * @param trail the name asked for, and how we came to it
   * @param trusted whether the AD bit of this server is believed
   */
  static <T> Reading<T> read(byte[] packet, Trail trail, Kind<T> kind, boolean trusted) {
    if (Query.announcesTooMuch(packet)) {
      return new Reading.Useless<>("garbled answer");
    }
    try {
      return new AnswerReader(new Message(packet)).read(trail, kind, trusted);
    } catch (IOException | RuntimeException _) {
      // The library reads all records, of types that we do not know too, each in its own way.
      return new Reading.Useless<>("garbled answer");
    }
  }

  private <T> Reading<T> read(Trail start, Kind<T> kind, boolean trusted) {
    int rcode = message.getRcode();
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      return new Reading.Useless<>(Rcode.string(rcode));
    }
    Trail end = follow(start.in(trusted && has(Flags.AD)), kind);
    if (end.isEndless()) {
      return new Reading.Settled<>(Lasting.failure("aliases without end"));
    }
    List<Record> found = records(end.name(), kind);
    if (found.isEmpty()) {
      return nothing(end, end.aliases() > start.aliases());
    }
    return rcode == Rcode.NOERROR
        ? new Reading.Settled<>(found(found, end, kind))
        : new Reading.Useless<>("records of a name that does not exist");
  }

  /** Along the aliases (RFC 1034 §3.6.2) that are in this answer, one too many for a loop. */
  private Trail follow(Trail start, Kind<?> kind) {
    Trail at = start;
    while (!at.isEndless() && records(at.name(), kind).isEmpty()) {
      Name name = at.name();
      Optional<CNAMERecord> alias =
          answers.stream()
              .filter(record -> isOf(record, name))
              .filter(CNAMERecord.class::isInstance)
              .map(CNAMERecord.class::cast)
              .findFirst();
      if (alias.isEmpty()) {
        return at;
      }
      at = at.to(alias.get().getTarget(), ttl(alias.get()));
    }
    return at;
  }

  private List<Record> records(Name name, Kind<?> kind) {
    return answers.stream()
        .filter(record -> record.getType() == kind.code() && isOf(record, name))
        .limit(MAX_RECORDS)
        .toList();
  }

  private static <T> Lasting<T> found(List<Record> found, Trail end, Kind<T> kind) {
    // RFC 2181 §5: a set has no record twice.
    List<T> records = found.stream().map(kind::read).flatMap(Optional::stream).distinct().toList();
    if (records.isEmpty()) {
      return Lasting.failure("records that cannot be used");
    }
    long ttl = found.stream().mapToLong(AnswerReader::ttl).min().orElse(0);
    return new Lasting<>(
        new Answer.Found<>(records, end.authenticated()), Math.min(end.seconds(), ttl));
  }

  /** The kinds of nothing, RFC 2308 §2; with aliases the code is about their end (RFC 6604 §3). */
  private <T> Reading<T> nothing(Trail end, boolean moved) {
    List<Record> authority = message.getSection(Section.AUTHORITY);
    Optional<SOARecord> soa =
        authority.stream()
            .filter(record -> record instanceof SOARecord && end.name().subdomain(record.getName()))
            .map(SOARecord.class::cast)
            .findFirst();
    // RFC 2308 §5: without a SOA record it is not known for how long, and so not kept.
    long seconds =
        Math.min(end.seconds(), soa.map(it -> Math.min(ttl(it), it.getMinimum())).orElse(0L));
    if (message.getRcode() == Rcode.NXDOMAIN) {
      return new Reading.Settled<>(
          new Lasting<>(new Answer.NoSuchName<>(end.authenticated()), seconds));
    }
    if (soa.isEmpty() && moved) {
      return new Reading.Moved<>(end);
    }
    if (soa.isEmpty() && isLame(authority)) {
      return new Reading.Useless<>("name server does not resolve for us");
    }
    return new Reading.Settled<>(new Lasting<>(new Answer.NoData<>(end.authenticated()), seconds));
  }

  /** It points to others (RFC 2308 §2.2), or does not go and ask them. */
  private boolean isLame(List<Record> authority) {
    return !has(Flags.AA)
        && (!has(Flags.RA) || authority.stream().anyMatch(NSRecord.class::isInstance));
  }

  private boolean has(int flag) {
    return message.getHeader().getFlag(flag);
  }

  private static boolean isOf(Record record, Name name) {
    return record.getDClass() == DClass.IN && record.getName().equals(name);
  }

  /** RFC 2181 §8: a number of more than 31 bits means 0. */
  private static long ttl(Record record) {
    return record.getTTL() > Integer.MAX_VALUE ? 0 : record.getTTL();
  }
}
