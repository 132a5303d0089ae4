package dev.backstop.edge.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.edge.proxy.ProxyHeader.Parsed;
import dev.backstop.mail.address.IpLiteral;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors from the words of proxy-protocol.txt. */
class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(IpLiteral.parse(address), port);
  }

  private static byte[] text(String line) {
    return line.getBytes(ISO_8859_1);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(SIGNATURE + digits.replace(" ", ""));
  }

  private static String shown(@Nullable InetSocketAddress address) {
    return address == null
        ? "none"
        : IpLiteral.render(address.getAddress()) + " " + address.getPort();
  }

  /** What is read of the whole; each shorter piece is incomplete; what follows is left. */
  private static String read(byte[] header) {
    for (int length = 0; length < header.length; length++) {
      assertThat(ProxyHeader.parse(header, 0, length)).isEqualTo(new Parsed.Incomplete());
    }
    byte[] more = new byte[header.length + 7];
    System.arraycopy(header, 0, more, 3, header.length);
    more[header.length + 3] = 'E';
    return switch (ProxyHeader.parse(more, 3, more.length)) {
      case Parsed.Done(var found, int length) -> {
        assertThat(length).isEqualTo(header.length);
        yield shown(found.client()) + " > " + shown(found.local());
      }
      case Parsed.Incomplete() -> "incomplete";
      case Parsed.Bad(var reason) -> reason;
    };
  }

  /** What is said of something that is no header: by its whole, at the latest. */
  private static String refused(byte[] octets) {
    Parsed parsed = ProxyHeader.parse(octets, 0, octets.length);
    assertThat(parsed).isInstanceOf(Parsed.Bad.class);
    return parsed instanceof Parsed.Bad(var reason) ? reason : "";
  }

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP4 192.0.2.1 198.51.100.2 56324 25, 192.0.2.1 56324 > 198.51.100.2 25",
    // §2.1, the worst case of IPv4
    "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535,"
        + " 255.255.255.255 65535 > 255.255.255.255 65535",
    "PROXY TCP4 0.0.0.0 10.0.0.1 0 0, 0.0.0.0 0 > 10.0.0.1 0",
    "PROXY TCP6 2001:DB8::1 ::1 1 65535, 2001:db8::1 1 > ::1 65535",
    // the worst case of IPv6
    "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
        + " 65535 65535, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 >"
        + " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535",
    "PROXY TCP6 ::ffff:192.0.2.1 2001:db8::2 7 25, 192.0.2.1 7 > 2001:db8::2 25",
    "PROXY UNKNOWN, none > none",
    // the worst case of all: what follows UNKNOWN is ignored
    "PROXY UNKNOWN ffff:f...f:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff"
        + " 65535 65535, none > none",
  })
  void linesOfVersion1(String line, String expected) {
    assertThat(read(text(line + "\r\n"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EHLO client.test\r\n",
        "PROXX",
        "proxy TCP4 192.0.2.1 192.0.2.2 1 2\r\n",
        "PROXY\r\n",
        "PROXY \r\n",
        "PROXY UNKNOWNS\r\n",
        "PROXY TCP5 192.0.2.1 192.0.2.2 1 2\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\rX",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 2 \r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 2 3\r\n",
        "PROXY TCP4 192.0.2.1  192.0.2.2 1 2\r\n",
        "PROXY  TCP4 192.0.2.1 192.0.2.2 1 2\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n",
        "PROXY TCP4 192.0.2.01 192.0.2.2 1 2\r\n",
        "PROXY TCP4 192.0.2.256 192.0.2.2 1 2\r\n",
        "PROXY TCP4 192.0.2 192.0.2.2 1 2\r\n",
        "PROXY TCP4 localhost 192.0.2.2 1 2\r\n",
        "PROXY TCP4 ::1 192.0.2.2 1 2\r\n",
        "PROXY TCP6 192.0.2.1 ::1 1 2\r\n",
        "PROXY TCP6 fe80::1%eth0 ::1 1 2\r\n",
        "PROXY TCP6 :::1 ::1 1 2\r\n",
        "PROXY TCP6 [::1] ::1 1 2\r\n",
        "PROXY TCP6 cafe.example ::1 1 2\r\n",
        "PROXY TCP6 1:2:3:4:5:6:7:8:9 ::1 1 2\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 01 2\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 65536 2\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 -1 2\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 +1 2\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 99999999999 2\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 \u0661 2\r\n"
      })
  void whatIsNoLineIsRefused(String line) {
    assertThat(refused(text(line))).isNotEmpty();
  }

  @Test
  void lineIsBounded() {
    String longest = "PROXY UNKNOWN " + "x".repeat(91);
    assertThat(read(text(longest + "\r\n"))).isEqualTo("none > none");
    assertThat(refused(text(longest + "x\r\n"))).contains("107");
    assertThat(refused(text("PROXY UNKNOWN " + "x".repeat(93)))).contains("107");
    assertThat(refused(text("PROXY UNKNOWN \u0000"))).contains("NUL");
  }

  @ParameterizedTest
  @CsvSource({
    // version 2, PROXY, TCP over IPv4, 12 octets
    "21 11 000c c0000201 c6336402 dc04 0019, 192.0.2.1 56324 > 198.51.100.2 25",
    // IPv6, 36 octets
    "21 21 0024 20010db8000000000000000000000001 00000000000000000000000000000001 ffff 0000,"
        + " 2001:db8::1 65535 > ::1 0",
    // IPv4 written as IPv6
    "21 21 0024 00000000000000000000ffffc0000201 20010db8000000000000000000000002 0007 0019,"
        + " 192.0.2.1 7 > 2001:db8::2 25",
    // LOCAL: its family and what follows are ignored
    "20 00 0000, none > none",
    "20 11 000c c0000201 c6336402 dc04 0019, none > none",
    "20 ff 0002 ffff, none > none",
    // PROXY of a family that is not told, with an extension
    "21 00 0000, none > none",
    "21 00 0004 040001 00, none > none",
    // extensions: ALPN, padding without and with octets
    "21 11 0019 c0000201 c6336402 dc04 0019 01000368322d 040000 04000100,"
        + " 192.0.2.1 56324 > 198.51.100.2 25",
  })
  void octetsOfVersion2(String octets, String expected) {
    assertThat(read(hex(octets))).isEqualTo(expected);
  }

  @Test
  void unixSocketIsNobodyFromOutside() {
    assertThat(read(hex("21 31 00d8" + "2f".repeat(216)))).isEqualTo("none > none");
    assertThat(refused(hex("21 31 00d7" + "2f".repeat(215)))).contains("too short");
  }

  @ParameterizedTest
  @CsvSource({
    "11 11 000c c0000201 c6336402 dc04 0019, version",
    "31 11 000c c0000201 c6336402 dc04 0019, version",
    "22 11 000c c0000201 c6336402 dc04 0019, command",
    "2f 00 0000, command",
    "21 11 000b c0000201 c6336402 dc04 00, too short",
    "21 21 000c c0000201 c6336402 dc04 0019, too short",
    "21 12 000c c0000201 c6336402 dc04 0019, stream",
    "21 22 0000, stream",
    "21 32 0000, stream",
    "21 10 0000, stream",
    "21 01 0000, stream",
    "21 41 0000, stream",
    "21 f1 0000, stream",
    // extensions that do not end where the header does
    "21 00 0001 04, cut off",
    "21 00 0002 0400, cut off",
    "21 00 0003 040001, longer",
    "21 00 0003 04ffff, longer",
    "21 00 0005 0400010000, cut off",
    // checksums
    "21 00 0006 030003000000, four octets",
    "21 00 0007 03000400000000, checksum is wrong",
    "21 00 000e 0300040000000003000400000000, two checksums",
    // more than is read
    "21 11 0209, 536",
    "21 11 ffff, 536",
  })
  void whatIsNoHeaderIsRefused(String octets, String reason) {
    assertThat(refused(hex(octets))).contains(reason);
  }

  @Test
  void signatureIsCheckedToTheLastOctet() {
    byte[] header = hex("20 00 0000");
    for (int i = 0; i < 12; i++) {
      byte[] changed = header.clone();
      changed[i] ^= 1;
      assertThat(refused(changed)).isEqualTo("no PROXY header");
    }
    assertThat(ProxyHeader.parse(text("\r\n\r\nEHLO"), 0, 8)).isInstanceOf(Parsed.Bad.class);
  }

  @Test
  void checksumIsVerified() {
    // CRC32C of 0d0a…0a 21 11 0013 c0000201 c6336402 dc04 0019 030004 00000000, by another program
    byte[] header = hex("21 11 0013 c0000201 c6336402 dc04 0019 030004 " + CHECKSUM);
    assertThat(read(header)).isEqualTo("192.0.2.1 56324 > 198.51.100.2 25");
    for (int i = 16; i < 28; i++) {
      byte[] changed = header.clone();
      changed[i] ^= 0x10;
      assertThat(refused(changed)).isEqualTo("the checksum is wrong");
    }
  }

  private static final String CHECKSUM = "7fab4ab2";

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 198.51.100.2, PROXY TCP4 192.0.2.1 198.51.100.2 56324 25",
    "2001:db8::1, ::1, PROXY TCP6 2001:db8::1 ::1 56324 25",
    "192.0.2.1, ::1, PROXY TCP6 ::ffff:192.0.2.1 ::1 56324 25",
    "2001:db8::1, 192.0.2.1, PROXY TCP6 2001:db8::1 ::ffff:192.0.2.1 56324 25",
  })
  void whatIsWrittenIsRead(String client, String local, String line) {
    var header = new ProxyHeader(at(client, 56_324), at(local, 25));
    String expected = client + " 56324 > " + local + " 25";
    assertThat(new String(header.v1(), ISO_8859_1)).isEqualTo(line + "\r\n");
    assertThat(read(header.v1())).isEqualTo(expected);
    assertThat(read(header.v2())).isEqualTo(expected);
  }

  @Test
  void unknownIsWritten() {
    assertThat(ProxyHeader.UNKNOWN.v1()).isEqualTo(text("PROXY UNKNOWN\r\n"));
    assertThat(ProxyHeader.UNKNOWN.v2()).isEqualTo(hex("20000000"));
    assertThat(new String(new ProxyHeader(at("192.0.2.1", 1), null).v1(), ISO_8859_1))
        .isEqualTo("PROXY TCP4 192.0.2.1 0.0.0.0 1 0\r\n");
    assertThat(read(new ProxyHeader(at("2001:db8::1", 1), null).v2()))
        .isEqualTo("2001:db8::1 1 > :: 0");
  }

  @Test
  void namesAreNoAddresses() {
    var name = InetSocketAddress.createUnresolved("localhost", 25);
    assertThatThrownBy(() -> new ProxyHeader(name, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
