package dev.backstop.edge.smtp.nexthop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers say after EHLO. */
class CapabilitiesTest {
  private static Capabilities of(String... keywords) {
    List<String> lines = new ArrayList<>(List.of("SIZE greets you"));
    lines.addAll(List.of(keywords));
    return Capabilities.of(new HopReply(250, lines));
  }

  @Test
  void readsKeywordsAndWhatStandsBehindThem() {
    Capabilities all =
        of(
            "PIPELINING",
            "size 10240000",
            "Auth PLAIN login",
            "AUTH=PLAIN CRAM-MD5",
            "XCLIENT NAME ADDR  PORT",
            "XFORWARD name",
            "8BITMIME ",
            "",
            "no_keyword x",
            "[PIPE]");
    assertThat(all.keywords())
        .containsExactlyInAnyOrder("PIPELINING", "SIZE", "AUTH", "XCLIENT", "XFORWARD", "8BITMIME");
    assertThat(all.has("SIZE")).isTrue();
    assertThat(all.has("DSN")).isFalse();
    assertThat(all.size()).hasValue(10_240_000);
    assertThat(all.authMechanisms()).containsExactly("PLAIN", "LOGIN", "CRAM-MD5");
    assertThat(all.xclient()).containsExactlyInAnyOrder("NAME", "ADDR", "PORT");
    assertThat(all.xforward()).containsExactly("NAME");
  }

  @Test
  void firstLineIsAGreeting() {
    assertThat(of()).isEqualTo(Capabilities.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SIZE", "SIZE 0", "SIZE x", "SIZE -1", "SIZE 99999999999999999999"})
  void sizeWithoutALimitIsNone(String line) {
    assertThat(of(line).has("SIZE")).isTrue();
    assertThat(of(line).size()).isEmpty();
  }

  @Test
  void bothCanDoWhatEachCan() {
    Capabilities one = of("SIZE 100", "DSN", "AUTH A B", "XCLIENT ADDR NAME", "XFORWARD ADDR");
    Capabilities other = of("SIZE 50", "PIPELINING", "AUTH B C", "XCLIENT ADDR", "XFORWARD NAME");
    assertThat(one.and(other)).isEqualTo(other.and(one));
    assertThat(one.and(other).keywords())
        .containsExactlyInAnyOrder("SIZE", "AUTH", "XCLIENT", "XFORWARD");
    assertThat(one.and(other).size()).hasValue(50);
    assertThat(one.and(other).authMechanisms()).containsExactly("B");
    assertThat(one.and(other).xclient()).containsExactly("ADDR");
    assertThat(one.and(other).xforward()).isEmpty();
    assertThat(one.and(of("SIZE")).size()).hasValue(100);
    assertThat(one.and(of("DSN")).size()).isEmpty();
  }
}
