package dev.backstop.server.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.testkit.dns.FakeResolver;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteHostTest {
  private final FakeResolver names = new FakeResolver();

  /** Big hosters send from other hosts than they receive on. */
  @Test
  void aVerifiedNameOfTheMailExchangersOwnerIsEnough() throws Exception {
    names
        .mx("customer.example", 1, "aspmx.l.hoster.example")
        .ptr("192.0.2.7", "mail-7.hoster.example")
        .address("mail-7.hoster.example", "192.0.2.7");

    assertThat(answers("192.0.2.7", "bob@customer.example")).isTrue();
    assertThat(answers("192.0.2.7", "bob@other.example")).isFalse();
  }

  @Test
  void aNameThatDoesNotLeadBackIsNot() throws Exception {
    names.ptr("192.0.2.7", "mx.customer.example").address("mx.customer.example", "192.0.2.8");

    assertThat(answers("192.0.2.7", "bob@customer.example")).isFalse();
  }

  @Test
  void theRecipientsOwnHostNeedsNoMailExchanger() throws Exception {
    names.ptr("192.0.2.7", "mx.customer.example").address("mx.customer.example", "192.0.2.7");

    assertThat(answers("192.0.2.7", "bob@customer.example")).isTrue();
  }

  @Test
  void ourOwnServerReportsForEverybody() throws Exception {
    var peer = new Peer(null, "localhost", null, null, true);
    assertThat(new RemoteHost(peer, () -> names).answersFor(Mailbox.parse("bob@customer.example")))
        .isTrue();
    assertThat(names.questions()).isEmpty();
  }

  @Test
  void anExchangerIsComparedByItsAddressOfTheSameFamily() throws Exception {
    names.mx("customer.example", 1, "mx.example").address("mx.example", "2001:db8::7");

    assertThat(answers("2001:db8::7", "bob@customer.example")).isTrue();
    assertThat(answers("192.0.2.7", "bob@customer.example")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "mx.example.com,      example.com,        true",
    "a.example.co.uk,     b.example.co.uk,    true",
    "a.one.co.uk,         b.two.co.uk,        false",
    "example.com,         example.org,        false",
    "mx1.mail.host.net,   host.net,           true",
  })
  void ownersAreToldByTheRegisteredName(String one, String other, boolean same) {
    assertThat(RemoteHost.areOfOneOwner(DnsName.of(one), DnsName.of(other))).isEqualTo(same);
  }

  private boolean answers(String client, String recipient) throws Exception {
    var peer = new Peer(InetAddress.getByName(client), "unknown", null, null, false);
    return new RemoteHost(peer, () -> names).answersFor(Mailbox.parse(recipient));
  }
}
