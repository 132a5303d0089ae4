package dev.backstop.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/** Answers for scripts. */
final class Packets {
  private final Message message;

  private Packets(byte[] query) {
    try {
      Message asked = new Message(query);
      message = new Message(asked.getHeader().getID());
      message.getHeader().setFlag(Flags.QR);
      message.getHeader().setFlag(Flags.RD);
      message.getHeader().setFlag(Flags.RA);
      message.addRecord(asked.getQuestion(), Section.QUESTION);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** An empty answer with NOERROR of a server that resolves. */
  static Packets to(byte[] query) {
    return new Packets(query);
  }

  Packets rcode(int rcode) {
    message.getHeader().setRcode(rcode);
    return this;
  }

  Packets noSuchName() {
    return rcode(Rcode.NXDOMAIN);
  }

  Packets flag(int flag, boolean set) {
    if (set) {
      message.getHeader().setFlag(flag);
    } else {
      message.getHeader().unsetFlag(flag);
    }
    return this;
  }

  Packets answer(Record... records) {
    Arrays.stream(records).forEach(record -> message.addRecord(record, Section.ANSWER));
    return this;
  }

  Packets authority(Record... records) {
    Arrays.stream(records).forEach(record -> message.addRecord(record, Section.AUTHORITY));
    return this;
  }

  byte[] bytes() {
    return message.toWire();
  }

  List<byte[]> once() {
    return List.of(bytes());
  }

  /** With the length before it, as over TCP. */
  byte[] framed() {
    byte[] bytes = bytes();
    byte[] framed = new byte[bytes.length + 2];
    framed[0] = (byte) (bytes.length >> 8);
    framed[1] = (byte) bytes.length;
    System.arraycopy(bytes, 0, framed, 2, bytes.length);
    return framed;
  }

  static Record a(String name, String address) {
    return new ARecord(name(name), DClass.IN, 300, InetAddress.ofLiteral(address));
  }

  static Record txt(String name, long ttl, String... strings) {
    return new TXTRecord(name(name), DClass.IN, ttl, List.of(strings));
  }

  static Record cname(String name, long ttl, String target) {
    return new CNAMERecord(name(name), DClass.IN, ttl, name(target));
  }

  static Record mx(String name, int preference, String host) {
    return new MXRecord(name(name), DClass.IN, 300, preference, name(host));
  }

  static Record ns(String name, String host) {
    return new NSRecord(name(name), DClass.IN, 300, name(host));
  }

  static Record soa(String name, long ttl, long minimum) {
    Name zone = name(name);
    return new SOARecord(zone, DClass.IN, ttl, zone, zone, 1, 1, 1, 1, minimum);
  }

  /** In the form of zone files, where a backslash escapes. */
  static Name name(String text) {
    return Name.fromConstantString(text.endsWith(".") ? text : text + ".");
  }
}
