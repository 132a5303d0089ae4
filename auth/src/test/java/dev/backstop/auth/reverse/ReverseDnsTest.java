package dev.backstop.auth.reverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.authres.MethodResult;
import dev.backstop.dns.DnsName;
import dev.backstop.testkit.dns.FakeResolver;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 8601 §2.7.3 and §3. */
class ReverseDnsTest {
  private static final InetAddress FOUR = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress SIX = InetAddress.ofLiteral("2001:db8::1");

  private static ReverseOutcome four(FakeResolver resolver) {
    return ReverseDns.verify(resolver, FOUR);
  }

  @Test
  void pass() {
    var resolver =
        new FakeResolver().ptr("192.0.2.1", "mx.example").address("mx.example", "192.0.2.1");
    assertThat(four(resolver)).isEqualTo(new ReverseOutcome.Pass(FOUR, DnsName.of("mx.example")));
    assertThat(resolver.questions()).containsExactly("PTR 1.2.0.192.in-addr.arpa", "A mx.example");
  }

  @Test
  void passOfAnyNameAndAnyAddress() {
    var resolver =
        new FakeResolver()
            .ptr("192.0.2.1", "gone.example", "other.example", "mx.example")
            .address("other.example", "192.0.2.9")
            .address("mx.example", "192.0.2.7", "192.0.2.1");
    assertThat(four(resolver)).isEqualTo(new ReverseOutcome.Pass(FOUR, DnsName.of("mx.example")));
  }

  @Test
  void six() {
    var resolver =
        new FakeResolver()
            .ptr("2001:db8::1", "mx.example")
            .address("mx.example", "192.0.2.1", "2001:db8:0::1");
    assertThat(ReverseDns.verify(resolver, SIX))
        .isEqualTo(new ReverseOutcome.Pass(SIX, DnsName.of("mx.example")));
  }

  /** An alias at either side is followed. */
  @Test
  void aliases() {
    var resolver =
        new FakeResolver()
            .cname("1.2.0.192.in-addr.arpa", "1.0-24.2.0.192.in-addr.arpa")
            .ptr("192.0.2.9", "unused.example")
            .cname("mx.example", "host.example")
            .address("host.example", "192.0.2.1");
    assertThat(four(resolver)).isEqualTo(new ReverseOutcome.PermError(FOUR));
    resolver.ptr("192.0.2.1", "mx.example");
    var direct =
        new FakeResolver()
            .ptr("192.0.2.1", "mx.example")
            .cname("mx.example", "host.example")
            .address("host.example", "192.0.2.1");
    assertThat(four(direct)).isEqualTo(new ReverseOutcome.Pass(FOUR, DnsName.of("mx.example")));
  }

  @Test
  void fail() {
    List<DnsName> names = List.of(DnsName.of("mx.example"));
    var other =
        new FakeResolver().ptr("192.0.2.1", "mx.example").address("mx.example", "192.0.2.2");
    assertThat(four(other)).isEqualTo(new ReverseOutcome.Fail(FOUR, names));
    var gone = new FakeResolver().ptr("192.0.2.1", "mx.example");
    assertThat(four(gone)).isEqualTo(new ReverseOutcome.Fail(FOUR, names));
    var otherFamily =
        new FakeResolver().ptr("192.0.2.1", "mx.example").address("mx.example", "2001:db8::1");
    assertThat(four(otherFamily)).isEqualTo(new ReverseOutcome.Fail(FOUR, names));
  }

  @Test
  void permerror() {
    assertThat(four(new FakeResolver())).isEqualTo(new ReverseOutcome.PermError(FOUR));
    var noData = new FakeResolver().txt("1.2.0.192.in-addr.arpa", "x");
    assertThat(four(noData)).isEqualTo(new ReverseOutcome.PermError(FOUR));
  }

  @Test
  void temperror() {
    var reverse = new FakeResolver().serverFailure("1.2.0.192.in-addr.arpa");
    assertThat(four(reverse))
        .isEqualTo(new ReverseOutcome.TempError(FOUR, "name server failure: SERVFAIL"));
    var forward =
        new FakeResolver().ptr("192.0.2.1", "a.example", "b.example").timeout("a.example");
    assertThat(four(forward))
        .isEqualTo(new ReverseOutcome.TempError(FOUR, "name server did not answer in time"));
    // … but not when another name passes
    forward.address("b.example", "192.0.2.1");
    assertThat(four(forward)).isEqualTo(new ReverseOutcome.Pass(FOUR, DnsName.of("b.example")));
  }

  @Test
  void noMoreThanTenNames() {
    var resolver = new FakeResolver();
    for (int i = 0; i < 1000; i++) {
      resolver.ptr("192.0.2.1", "h" + i + ".example");
    }
    resolver.address("h999.example", "192.0.2.1");
    assertThat(((ReverseOutcome.Fail) four(resolver)).names()).hasSize(ReverseDns.MAX_NAMES);
    assertThat(resolver.questions()).hasSize(1 + ReverseDns.MAX_NAMES);
  }

  @Test
  void results() {
    DnsName name = DnsName.of("mx.example");
    assertThat(new ReverseOutcome.Pass(SIX, name).authenticationResult())
        .isEqualTo(
            MethodResult.of("iprev", "pass")
                .comment("mx.example")
                .property("policy", "iprev", "2001:db8::1"));
    assertThat(new ReverseOutcome.Fail(FOUR, List.of(name)).authenticationResult().result())
        .isEqualTo("fail");
    assertThat(new ReverseOutcome.PermError(FOUR).authenticationResult().result())
        .isEqualTo("permerror");
    assertThat(new ReverseOutcome.TempError(FOUR, "x").authenticationResult().result())
        .isEqualTo("temperror");
  }
}
