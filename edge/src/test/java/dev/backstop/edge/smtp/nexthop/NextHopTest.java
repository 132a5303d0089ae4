package dev.backstop.edge.smtp.nexthop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.edge.smtp.nexthop.NextHop.Identify;
import dev.backstop.edge.smtp.nexthop.NextHop.TlsPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses as they stand in the configuration. */
class NextHopTest {
  private static NextHop parse(String text) {
    return NextHop.parse(text, TlsPolicy.MAY, Identify.AUTO);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:10025, 127.0.0.1:10025, false, true",
    "192.0.2.1, 192.0.2.1:25, false, false",
    "Mail.Example.com:587, mail.example.com:587, false, false",
    "mail, mail:25, false, false",
    "localhost:26, localhost:26, false, true",
    "[2001:DB8:0::1]:26, [2001:db8::1]:26, false, false",
    "[::1], [::1]:25, false, true",
    "unix:/run/x, unix:/run/x, false, true",
    "lmtp:127.0.0.1, lmtp:127.0.0.1:24, true, true",
    "lmtp:mail.example.com:2003, lmtp:mail.example.com:2003, true, false",
    "lmtp:[::1], lmtp:[::1]:24, true, true",
    "lmtp:unix:/run/dovecot/lmtp, lmtp:unix:/run/dovecot/lmtp, true, true",
  })
  void readsAddresses(String text, String shown, boolean lmtp, boolean local) {
    NextHop hop = parse(text);
    assertThat(hop).hasToString(shown).isEqualTo(parse(shown));
    assertThat(hop.lmtp()).isEqualTo(lmtp);
    assertThat(hop.address().isLocal()).isEqualTo(local);
    assertThat(hop.tls()).isEqualTo(TlsPolicy.MAY);
    assertThat(hop.identify()).isEqualTo(Identify.AUTO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''| not a host name or address",
        ":25| not a host name or address",
        "a b| not a host name or address",
        "-a.example| not a host name or address",
        "a..example| not a host name or address",
        "host\u00e9| not a host name or address",
        "1.2.3| not an IPv4 or IPv6 address",
        "1.2.3.400| not an IPv4 or IPv6 address",
        "host:| the port is not a number from 1 to 65535",
        "host:0| the port is not a number from 1 to 65535",
        "host:65536| the port is not a number from 1 to 65535",
        "host:smtp| the port is not a number from 1 to 65535",
        "host:999999999999| the port is not a number from 1 to 65535",
        "[::1]25| the port is not a number from 1 to 65535",
        "[::1:25| has no closing bracket",
        "[mail.example.com]:25| not an IPv4 or IPv6 address",
        "::1| an IPv6 address stands in brackets before the port",
        "lmtp:lmtp:host:24| an IPv6 address stands in brackets before the port",
        "unix:relative| the path of a unix socket starts with /",
      })
  void saysWhatIsWrong(String text, String problem) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem);
  }
}
