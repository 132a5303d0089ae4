package dev.backstop.server.senders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.spf.SpfResult;
import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.testkit.dns.FakeResolver;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnSpfTest {
  @ParameterizedTest
  @CsvSource({
    "ours.test, 192.0.2.1, PASS",
    "ours.test, 192.0.2.2, FAIL",
    "none.test, 192.0.2.1, NONE",
    "down.test, 192.0.2.1, TEMPERROR",
  })
  void asksTheRecordOfTheDomainThatWasAnswered(String domain, String host, SpfResult result) {
    var names =
        new FakeResolver().txt("ours.test", "v=spf1 ip4:192.0.2.1 -all").timeout("down.test");
    var spf = new OwnSpf(names, "mx.ours.test", InstantSource.system());

    assertThat(spf.of(new Mailbox("anna", domain)).apply(IpLiteral.parse(host))).isEqualTo(result);
  }
}
