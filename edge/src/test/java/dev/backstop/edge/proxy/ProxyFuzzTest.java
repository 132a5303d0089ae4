package dev.backstop.edge.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.edge.proxy.ProxyHeader.Parsed;
import dev.backstop.mail.address.IpLiteral;
import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever octets come: an answer, the same in any split, with no more octets than are allowed; and
 * what was read can be written and read again.
 */
class ProxyFuzzTest {

  @FuzzTest
  void headers(byte[] input) {
    check(input);
  }

  private static void check(byte[] input) {
    Parsed whole = ProxyHeader.parse(input, 0, input.length);
    switch (whole) {
      case Parsed.Incomplete() -> assertThat(input.length).isLessThan(ProxyHeader.MAX);
      case Parsed.Bad(var reason) -> assertThat(reason).isNotEmpty();
      case Parsed.Done(var header, int length) -> {
        assertThat(length).isBetween(1, Math.min(input.length, ProxyHeader.MAX));
        for (int i = 0; i < length; i++) {
          assertThat(ProxyHeader.parse(input, 0, i)).isEqualTo(new Parsed.Incomplete());
        }
        byte[] first = header.v1();
        assertThat(ProxyHeader.parse(first, 0, first.length))
            .isEqualTo(new Parsed.Done(header, first.length));
        byte[] second = header.v2();
        assertThat(ProxyHeader.parse(second, 0, second.length))
            .isEqualTo(new Parsed.Done(header, second.length));
      }
    }
    for (int i = 1; i < input.length && i < 600; i += 1 + i / 8) {
      Parsed part = ProxyHeader.parse(input, 0, i);
      assertThat(part instanceof Parsed.Incomplete || part.getClass() == whole.getClass()).isTrue();
    }
  }

  @Test
  void changedHeaders() {
    var random = new Random(1);
    byte[][] seeds = {
      "PROXY TCP6 2001:db8::1 ::ffff:1.2.3.4 65535 1\r\n".getBytes(US_ASCII),
      "PROXY TCP4 1.2.3.4 255.0.25.100 65535 1\r\nEHLO".getBytes(US_ASCII),
      new ProxyHeader(new InetSocketAddress(IpLiteral.parse("::1"), 1), null).v2(),
      new ProxyHeader(new InetSocketAddress(IpLiteral.parse("127.0.0.1"), 1), null).v2()
    };
    for (int i = 0; i < 20_000; i++) {
      byte[] input = seeds[random.nextInt(seeds.length)].clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        input[random.nextInt(input.length)] = (byte) random.nextInt(256);
      }
      check(input);
    }
  }
}
