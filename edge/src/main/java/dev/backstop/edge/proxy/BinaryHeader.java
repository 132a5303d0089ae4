package dev.backstop.edge.proxy;

import dev.backstop.edge.proxy.ProxyHeader.BadHeaderException;
import dev.backstop.edge.proxy.ProxyHeader.Parsed;
import dev.backstop.mail.address.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Version 2, octets (proxy-protocol.txt §2.2). */
final class BinaryHeader {
  private static final byte[] SIGNATURE = {
    '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
  };
  private static final int FIXED = 16;
  private static final int LOCAL = 0x20;
  private static final int PROXY = 0x21;
  private static final int UNSPECIFIED = 0x00;
  private static final int TCP4 = 0x11;
  private static final int TCP6 = 0x21;
  private static final int UNIX_STREAM = 0x31;
  private static final int TLV_HEADER = 3;
  private static final int TYPE_CRC32C = 0x03;

  private BinaryHeader() {}

  static Parsed parse(byte[] octets, int from, int there) throws BadHeaderException {
    if (!ProxyHeader.beginsAs(SIGNATURE, octets, from, there)) {
      throw new BadHeaderException("no PROXY header");
    }
    if (there < FIXED) {
      return new Parsed.Incomplete();
    }
    ByteBuffer fixed = ByteBuffer.wrap(octets, from, FIXED);
    int length = FIXED + (fixed.getShort(from + 14) & 0xffff);
    if (length > ProxyHeader.MAX) {
      throw new BadHeaderException("longer than " + ProxyHeader.MAX + " octets");
    }
    int command = octets[from + 12];
    if (command != LOCAL && command != PROXY) {
      throw new BadHeaderException("not version 2, or an unknown command");
    }
    if (there < length) {
      return new Parsed.Incomplete();
    }
    byte[] whole = Arrays.copyOfRange(octets, from, from + length);
    // §2.2: of a LOCAL header all that follows is to be discarded, the family too
    return new Parsed.Done(command == LOCAL ? ProxyHeader.UNKNOWN : header(whole), length);
  }

  private static ProxyHeader header(byte[] whole) throws BadHeaderException {
    int addresses =
        switch (whole[13]) {
          case UNSPECIFIED -> 0;
          case TCP4 -> 12;
          case TCP6 -> 36;
          case UNIX_STREAM -> 216;
          default -> throw new BadHeaderException("not a stream of a known family");
        };
    if (whole.length < FIXED + addresses) {
      throw new BadHeaderException("too short for its addresses");
    }
    checkExtensions(whole, FIXED + addresses);
    return switch (whole[13]) {
      case TCP4 -> internet(whole, 4);
      case TCP6 -> internet(whole, 16);
      default -> ProxyHeader.UNKNOWN;
    };
  }

  private static ProxyHeader internet(byte[] whole, int size) {
    ByteBuffer in = ByteBuffer.wrap(whole).position(FIXED);
    byte[] client = new byte[size];
    byte[] local = new byte[size];
    in.get(client).get(local);
    return new ProxyHeader(
        new InetSocketAddress(IpLiteral.of(client), in.getShort() & 0xffff),
        new InetSocketAddress(IpLiteral.of(local), in.getShort() & 0xffff));
  }

  /** §2.2.1: type, length and value follow each other to the very end; only the checksum counts. */
  private static void checkExtensions(byte[] whole, int from) throws BadHeaderException {
    int checksum = -1;
    int at = from;
    while (at < whole.length) {
      if (whole.length - at < TLV_HEADER) {
        throw new BadHeaderException("an extension is cut off");
      }
      int length = ByteBuffer.wrap(whole).getShort(at + 1) & 0xffff;
      if (whole[at] == TYPE_CRC32C) {
        if (checksum >= 0 || length != 4) {
          throw new BadHeaderException("two checksums, or one that is not four octets");
        }
        checksum = at + TLV_HEADER;
      }
      at += TLV_HEADER + length;
    }
    if (at != whole.length) {
      throw new BadHeaderException("an extension is longer than the header");
    }
    if (checksum >= 0) {
      verify(whole, checksum);
    }
  }

  /** §2.2.4: over the whole header, the checksum itself as zeros. */
  private static void verify(byte[] whole, int at) throws BadHeaderException {
    int claimed = ByteBuffer.wrap(whole).getInt(at);
    byte[] zeroed = whole.clone();
    Arrays.fill(zeroed, at, at + 4, (byte) 0);
    var sum = new CRC32C();
    sum.update(zeroed);
    if ((int) sum.getValue() != claimed) {
      throw new BadHeaderException("the checksum is wrong");
    }
  }

  static byte[] unknown() {
    return begin(LOCAL, UNSPECIFIED, 0).array();
  }

  static byte[] render(InetSocketAddress client, InetSocketAddress local) {
    boolean four = ProxyHeader.four(client, local);
    return begin(PROXY, four ? TCP4 : TCP6, four ? 12 : 36)
        .put(written(client.getAddress(), four))
        .put(written(local.getAddress(), four))
        .putShort((short) client.getPort())
        .putShort((short) local.getPort())
        .array();
  }

  private static ByteBuffer begin(int command, int family, int length) {
    return ByteBuffer.allocate(FIXED + length)
        .put(SIGNATURE)
        .put((byte) command)
        .put((byte) family)
        .putShort((short) length);
  }

  /** An address of IPv4 beside one of IPv6 is written as IPv6 (RFC 4291 §2.5.5.2). */
  private static byte[] written(InetAddress address, boolean four) {
    byte[] octets = address.getAddress();
    if (four || !(address instanceof Inet4Address)) {
      return octets;
    }
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    System.arraycopy(octets, 0, mapped, 12, octets.length);
    return mapped;
  }
}
