package dev.backstop.testkit.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/** Writes the structures of ASN.1 that a certificate is made of (X.690). */
final class DerText {
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int UTF8 = 0x0c;
  static final int UTC_TIME = 0x17;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private DerText() {}

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  /** Of the years 1950 to 2049. */
  static byte[] time(Instant time) {
    return wrap(UTC_TIME, UTC.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  /** A distinguished name of one common name. */
  static byte[] name(String commonName) {
    byte[] value = wrap(UTF8, commonName.getBytes(StandardCharsets.UTF_8));
    return wrap(SEQUENCE, wrap(SET, wrap(SEQUENCE, hex("0603550403"), value)));
  }

  static byte[] bits(byte[] octets) {
    return wrap(BIT_STRING, new byte[] {0}, octets);
  }

  static byte[] wrap(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    var out = new ByteArrayOutputStream(length + 4);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
