package dev.backstop.dns;

import java.security.SecureRandom;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * One question as a packet, and which packets can be its answer. That is told from the first
 * octets, before anything else of a packet is believed (RFC 5452 §9.1).
 */
final class Query {
  /** Octets of UDP that pass everywhere without fragments, as DNS servers have agreed in 2020. */
  static final int UDP_OCTETS = 1232;

  private static final int HEADER = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] packet;
  private final int questionEnd;

  private Query(byte[] packet, int questionEnd) {
    this.packet = packet;
    this.questionEnd = questionEnd;
  }

  /**
   * With a new ID that cannot be guessed (RFC 5452 §9.2).
   *
   * @param edns whether larger UDP answers are asked for (RFC 6891); some old servers refuse it
   */
  static Query of(Name name, int code, boolean edns) {
    var message = new Message(RANDOM.nextInt(1 << 16));
    message.getHeader().setFlag(Flags.RD);
    // RFC 6840 §5.7: this asks for the AD bit, without the signatures that DO would bring.
    message.getHeader().setFlag(Flags.AD);
    message.addRecord(Record.newRecord(name, code, DClass.IN), Section.QUESTION);
    if (edns) {
      message.addRecord(new OPTRecord(UDP_OCTETS, 0, 0), Section.ADDITIONAL);
    }
    return new Query(message.toWire(), HEADER + name.length() + 4);
  }

  byte[] packet() {
    return packet;
  }

  /** The same ID, a response, and our question. A refusal may leave the question away. */
  boolean isAnsweredBy(byte[] answer, int length) {
    boolean ours =
        length >= HEADER
            && answer[0] == packet[0]
            && answer[1] == packet[1]
            && (answer[2] & 0xf8) == 0x80;
    int questions = ours ? number(answer, 4) : 0;
    return ours && (questions == 1 ? hasQuestion(answer, length) : isBareRefusal(answer));
  }

  private static boolean isBareRefusal(byte[] answer) {
    return number(answer, 4) == 0
        && switch (rcode(answer)) {
          case Rcode.FORMERR, Rcode.SERVFAIL, Rcode.NOTIMP, Rcode.REFUSED -> true;
          default -> false;
        };
  }

  /** Compared without regard to case: some servers answer in their own. */
  private boolean hasQuestion(byte[] answer, int length) {
    if (length < questionEnd) {
      return false;
    }
    for (int i = HEADER; i < questionEnd; i++) {
      if (lower(answer[i]) != lower(packet[i])) {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
  }

  /** Whether the answer did not fit into UDP. */
  static boolean isTruncated(byte[] answer) {
    return (answer[2] & 2) != 0;
  }

  /** Whether a server does not know EDNS, as RFC 6891 §7 has it, or says so in its own way. */
  static boolean refusesEdns(byte[] answer) {
    return rcode(answer) == Rcode.FORMERR || rcode(answer) == Rcode.NOTIMP;
  }

  /**
   * Whether the header announces more records than the octets can hold, 11 being the least of one.
   * Told first, because the library makes room for what is announced.
   */
  static boolean announcesTooMuch(byte[] answer) {
    return answer.length < HEADER
        || (number(answer, 6) + number(answer, 8) + number(answer, 10)) * 11 > answer.length;
  }

  private static int rcode(byte[] answer) {
    return answer[3] & 15;
  }

  private static int number(byte[] answer, int at) {
    return (answer[at] & 0xff) << 8 | (answer[at + 1] & 0xff);
  }
}
