package dev.backstop.testkit.dns;

import dev.backstop.dns.DnsName;
import dev.backstop.dns.MailExchanger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a zone answers, as packets, in the way of a server that resolves. */
final class ZoneMessage {
  private static final int UDP_OCTETS = 512;
  private static final int STRING_OCTETS = 255;

  private final Zone zone;
  private final Message answer;

  private ZoneMessage(Zone zone, Message query) {
    this.zone = zone;
    this.answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    if (query.getHeader().getFlag(Flags.RD)) {
      answer.getHeader().setFlag(Flags.RD);
    }
  }

  /**
   * The answer to a query.
   *
   * @return empty for a name whose questions are not answered
   */
  static Optional<Message> to(Message query, Zone zone) {
    var message = new ZoneMessage(zone, query);
    Record question = query.getQuestion();
    if (query.getHeader().getOpcode() != Opcode.QUERY || question == null) {
      return message.refused(Rcode.NOTIMP);
    }
    message.answer.addRecord(question, Section.QUESTION);
    if (query.getOPT() != null) {
      message.answer.addRecord(new OPTRecord(UDP_OCTETS, 0, 0), Section.ADDITIONAL);
    }
    Optional<DnsName> name = DnsName.ofWire(question.getName().toWire());
    return name.isEmpty() || question.getDClass() != DClass.IN
        ? message.refused(Rcode.REFUSED)
        : message.with(zone.find(name.get(), type(question.getType())), question.getType());
  }

  /** How large an answer over UDP may be: 512, or what the query says (RFC 6891 §6.2.3). */
  static int udpOctets(Message query) {
    OPTRecord opt = query.getOPT();
    return opt == null ? UDP_OCTETS : Math.max(UDP_OCTETS, opt.getPayloadSize());
  }

  /** Says so for a packet that does not parse but has an ID. */
  static byte[] formatError(byte[] query) {
    byte[] answer = new byte[12];
    System.arraycopy(query, 0, answer, 0, 2);
    answer[2] = (byte) 0x80;
    answer[3] = Rcode.FORMERR;
    return answer;
  }

  private static Optional<Zone.Type> type(int code) {
    return Arrays.stream(Zone.Type.values())
        .filter(type -> Type.value(type.name()) == code)
        .findFirst();
  }

  private Optional<Message> refused(int rcode) {
    answer.getHeader().setRcode(rcode);
    return Optional.of(answer);
  }

  private Optional<Message> with(Zone.Finding finding, int type) {
    if (zone.isAuthenticated()) {
      answer.getHeader().setFlag(Flags.AD);
    }
    Name name = aliases(finding.path());
    switch (finding.outcome()) {
      case FOUND ->
          finding
              .records()
              .forEach(record -> answer.addRecord(record(name, record, type), Section.ANSWER));
      case NO_DATA -> nothing(name, Rcode.NOERROR);
      case NO_SUCH_NAME -> nothing(name, Rcode.NXDOMAIN);
      case SERVER_FAILURE, ENDLESS -> answer.getHeader().setRcode(Rcode.SERVFAIL);
      case TIMEOUT -> {
        return Optional.empty();
      }
    }
    return Optional.of(answer);
  }

  /** Puts in the aliases; the name at their end. */
  private Name aliases(List<DnsName> path) {
    for (int i = 1; i < path.size(); i++) {
      Name alias = name(path.get(i - 1));
      answer.addRecord(
          new CNAMERecord(alias, DClass.IN, zone.seconds(), name(path.get(i))), Section.ANSWER);
    }
    return name(path.getLast());
  }

  /** With the SOA record of the top domain (RFC 2308 §2). */
  private void nothing(Name name, int rcode) {
    answer.getHeader().setRcode(rcode);
    Name top = new Name(name, name.labels() - 2);
    answer.addRecord(
        new SOARecord(
            top, DClass.IN, zone.seconds(), top, top, 1, 3600, 600, 86_400, zone.seconds()),
        Section.AUTHORITY);
  }

  private Record record(Name name, Object record, int type) {
    int ttl = zone.seconds();
    return switch (record) {
      case String text -> Record.newRecord(name, Type.TXT, DClass.IN, ttl, strings(text));
      case InetAddress address ->
          address.getAddress().length == 4
              ? new ARecord(name, DClass.IN, ttl, address)
              : new AAAARecord(name, DClass.IN, ttl, address);
      case MailExchanger(int preference, Optional<DnsName> host) ->
          new MXRecord(
              name, DClass.IN, ttl, preference, host.map(ZoneMessage::name).orElse(Name.root));
      case DnsName target when type == Type.CNAME ->
          new CNAMERecord(name, DClass.IN, ttl, name(target));
      case DnsName target -> new PTRRecord(name, DClass.IN, ttl, name(target));
      default -> throw new IllegalStateException("a record of no type");
    };
  }

  /** In strings of 255 octets, as they are: the library's text form would take escapes. */
  private static byte[] strings(String text) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    var data = new ByteArrayOutputStream();
    int at = 0;
    do {
      int length = Math.min(STRING_OCTETS, octets.length - at);
      data.write(length);
      data.write(octets, at, length);
      at += length;
    } while (at < octets.length);
    return data.toByteArray();
  }

  private static Name name(DnsName name) {
    try {
      return new Name(name.wire());
    } catch (IOException e) {
      throw new IllegalStateException("a DnsName that is no name", e);
    }
  }
}
