package dev.backstop.edge.smtp.nexthop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.edge.smtp.nexthop.NextHop.Identify;
import dev.backstop.edge.smtp.nexthop.NextHop.TlsPolicy;
import dev.backstop.edge.smtp.nexthop.ScriptedHop.Script;
import java.net.InetAddress;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the connection to MAIL. */
@Timeout(60)
class OpeningTest {
  private static final String XCLIENT = "XCLIENT NAME ADDR PORT PROTO HELO DESTADDR DESTPORT";
  private static final String XFORWARD = "XFORWARD NAME ADDR PROTO HELO SOURCE PORT IDENT";
  private final Fixture fixture = new Fixture();

  private void opens(
      TlsPolicy tls, Identify identify, Consumer<NextHopConnection> check, Script... scripts)
      throws Exception {
    try (var hop = new ScriptedHop(scripts);
        NextHops hops = fixture.hops(hop.hop(tls, identify))) {
      try (NextHopConnection connection = hops.open(Fixture.CLIENT)) {
        check.accept(connection);
      }
      for (Script _ : scripts) {
        assertThat(hop.end()).isEqualTo("done");
      }
      assertThat(hops.health().getFirst().up()).isTrue();
      assertThat(hops.counters().opened.sum()).isEqualTo(1);
      assertThat(hops.counters().open.sum()).isZero();
    }
  }

  /** The exception; the hop counts as up or down afterwards. */
  private NextHopUnavailableException fails(
      TlsPolicy tls, Identify identify, boolean up, Script script) throws Exception {
    try (var hop = new ScriptedHop(script);
        NextHops hops = fixture.hops(hop.hop(tls, identify))) {
      NextHopUnavailableException failure = failure(hops);
      assertThat(hop.end()).isEqualTo("done");
      assertThat(hops.health().getFirst().up()).isEqualTo(up);
      assertThat(hops.counters().open.sum()).isZero();
      assertThat(hops.counters().failed.sum()).isEqualTo(1);
      assertThat(hops.counters().unavailable.sum()).isEqualTo(1);
      assertThat(failure).hasMessageStartingWith("next hop hop.test:" + hop.port() + " ");
      return failure;
    }
  }

  static NextHopUnavailableException failure(NextHops hops) {
    try (NextHopConnection _ = hops.open(Fixture.CLIENT)) {
      throw new AssertionError("it opened");
    } catch (NextHopUnavailableException e) {
      return e;
    }
  }

  private void plain(Script script) throws Exception {
    opens(TlsPolicy.NONE, Identify.NONE, _ -> {}, script);
  }

  @Test
  void serverWithoutEhloIsGreetedWithHelo() throws Exception {
    opens(
        TlsPolicy.MAY,
        Identify.AUTO,
        connection -> assertThat(connection.capabilities()).isEqualTo(Capabilities.NONE),
        peer -> {
          peer.say("220-old|220 server");
          peer.answer("EHLO us.test", "500 what?");
          peer.answer("HELO us.test", "250 hop.test");
          peer.awaitEnd();
        });
  }

  @Test
  void lineFeedAloneIsUnderstood() throws Exception {
    plain(peer -> {
      peer.raw("220 hi\n");
      peer.expect("EHLO us.test");
      peer.raw("250-hop.test\n250 DSN\n");
      peer.awaitEnd();
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"421 4.3.2 too busy", "554 go away", "250 ok", "nonsense", "220 hi|250 unasked"})
  void badGreetingMakesTheHopUnavailable(String greeting) throws Exception {
    NextHopUnavailableException failure =
        fails(
            TlsPolicy.NONE,
            Identify.XCLIENT,
            false,
            peer -> {
              peer.say(greeting);
              peer.awaitEnd();
            });
    assertThat(failure.refusal()).isEmpty();
  }

  @Test
  void reasonIsTheHopsOwnText() throws Exception {
    assertThat(
            fails(TlsPolicy.NONE, Identify.NONE, false, peer -> peer.say("421-4.3.2 too|421 busy")))
        .hasMessageEndingWith(" greeted with 421 4.3.2 too / busy");
    assertThat(fails(TlsPolicy.NONE, Identify.NONE, false, _ -> {}))
        .hasMessageEndingWith(" closed the connection");
  }

  @Test
  void refusedEhloAndHeloMakeTheHopUnavailable() throws Exception {
    Script script =
        peer -> {
          peer.say("220 hi");
          peer.answer("EHLO us.test", "550 no");
          peer.answer("HELO us.test", "550 never");
          peer.awaitEnd();
        };
    assertThat(fails(TlsPolicy.NONE, Identify.NONE, false, script))
        .hasMessageEndingWith(" answered EHLO with 550 never");
  }

  // TLS

  private static Script secured(String... after) {
    return peer -> {
      peer.greet("STARTTLS", "ONLY-IN-CLEAR");
      peer.answer("STARTTLS", "220 go on");
      peer.secure();
      peer.ehlo(after);
      peer.answer("RSET", "250 ok");
      peer.answer("DATA", "354 go on");
      assertThat(peer.message()).isEqualTo("x".repeat(100_000) + "\r\n");
      peer.say("250 ok");
      peer.awaitEnd();
    };
  }

  private static void talk(NextHopConnection connection) {
    try {
      assertThat(connection.capabilities().keywords()).containsExactly("DSN");
      assertThat(connection.command("RSET").code()).isEqualTo(250);
      assertThat(connection.isOpen()).isTrue();
      assertThat(connection.data().code()).isEqualTo(354);
      byte[] octets = "x".repeat(100_000).getBytes(US_ASCII);
      connection.write(octets, 0, octets.length);
      assertThat(connection.end().code()).isEqualTo(250);
      assertThat(connection.isOpen()).isTrue();
      assertThat(connection.isSecure()).isTrue();
    } catch (BrokenHopException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MAY", "REQUIRE"})
  void encryptsWhereItIsOfferedAndAsksAgain(TlsPolicy policy) throws Exception {
    opens(policy, Identify.NONE, OpeningTest::talk, secured("DSN"));
  }

  @Test
  void optionalTlsThatFailsIsDoneWithoutOnASecondConnection() throws Exception {
    opens(
        TlsPolicy.MAY,
        Identify.NONE,
        connection -> assertThat(connection.isSecure()).isFalse(),
        peer -> {
          peer.greet("STARTTLS");
          peer.answer("STARTTLS", "220 go on");
          peer.octets(5);
          peer.raw("this is no TLS");
        },
        peer -> {
          peer.greet("STARTTLS");
          peer.awaitEnd();
        });
  }

  @Test
  void optionalTlsThatIsRefusedIsDoneWithoutOnTheSame() throws Exception {
    opens(
        TlsPolicy.MAY,
        Identify.NONE,
        connection -> assertThat(connection.isSecure()).isFalse(),
        peer -> {
          peer.greet("STARTTLS");
          peer.answer("STARTTLS", "454 not now");
          peer.awaitEnd();
        });
  }

  @Test
  void optionalTlsIsNotDoneOnThisMachine() throws Exception {
    try (var hop =
            new ScriptedHop(peer -> {
              peer.greet("STARTTLS");
              peer.expect("QUIT");
            });
        NextHops hops =
            fixture.hops(NextHop.parse("127.0.0.1:" + hop.port(), TlsPolicy.MAY, Identify.NONE))) {
      hops.open(Fixture.CLIENT).close();
      assertThat(hop.end()).isEqualTo("done");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRE", "VERIFY"})
  void requiredTlsThatIsNotOfferedOrRefusedMakesTheHopUnavailable(TlsPolicy policy)
      throws Exception {
    Script without =
        peer -> {
          peer.greet("DSN");
          peer.awaitEnd();
        };
    assertThat(fails(policy, Identify.NONE, false, without))
        .hasMessageEndingWith(" does not offer STARTTLS, which is required");
    Script refusing =
        peer -> {
          peer.greet("STARTTLS");
          peer.answer("STARTTLS", "454 4.7.0 not now");
          peer.awaitEnd();
        };
    assertThat(fails(policy, Identify.NONE, false, refusing))
        .hasMessageEndingWith(" answered STARTTLS with 454 4.7.0 not now");
  }

  @Test
  void requiredTlsThatFailsMakesTheHopUnavailable() throws Exception {
    Script noTls =
        peer -> {
          peer.greet("STARTTLS");
          peer.answer("STARTTLS", "220 go on");
          peer.octets(5);
          peer.raw("this is no TLS");
        };
    assertThat(fails(TlsPolicy.REQUIRE, Identify.NONE, false, noTls))
        .hasMessageContaining(" cannot be talked to with TLS: ");
  }

  @Test
  void certificateIsCheckedWhereThatIsWanted() throws Exception {
    Script good =
        peer -> {
          peer.greet("STARTTLS");
          peer.answer("STARTTLS", "220 go on");
          peer.awaitEnd();
        };
    assertThat(fails(TlsPolicy.VERIFY, Identify.NONE, false, good))
        .hasMessageEndingWith("with TLS: the certificate is for another name than hop.test");
  }

  @Test
  void octetsBehindTheAnswerToStarttlsAreABrokenHop() throws Exception {
    Script injecting =
        peer -> {
          peer.greet("STARTTLS");
          peer.answer("STARTTLS", "220 go on|250-hop.test|250 INJECTED");
          peer.awaitEnd();
        };
    for (TlsPolicy policy : new TlsPolicy[] {TlsPolicy.MAY, TlsPolicy.REQUIRE}) {
      assertThat(fails(policy, Identify.NONE, false, injecting))
          .hasMessageEndingWith(" sent something before it was asked");
    }
  }

  @Test
  void earlyReplyIsSeenUnderTlsToo() throws Exception {
    opens(
        TlsPolicy.REQUIRE,
        Identify.NONE,
        connection -> {
          assertThatThrownBy(
                  () -> {
                    assertThat(connection.data().code()).isEqualTo(354);
                    Fixture.await(() -> !connection.isOpen());
                    connection.end();
                  })
              .hasMessageEndingWith(" sent something before it was asked");
        },
        peer -> {
          peer.greet("STARTTLS");
          peer.answer("STARTTLS", "220 go on");
          peer.secure();
          peer.ehlo("DSN");
          peer.expect("DATA");
          peer.raw("354 go on\r\n"); // a record of its own, in the same segment perhaps
          peer.raw("250 ok\r\n");
          peer.awaitEnd();
        });
  }

  @Test
  void earlyReplyInTheSameRecordIsSeen() throws Exception {
    opens(
        TlsPolicy.REQUIRE,
        Identify.NONE,
        connection -> {
          assertThatThrownBy(
                  () -> {
                    assertThat(connection.data().code()).isEqualTo(354);
                    connection.end();
                  })
              .hasMessageEndingWith(" sent something before it was asked");
        },
        peer -> {
          peer.greet("STARTTLS");
          peer.answer("STARTTLS", "220 go on");
          peer.secure();
          peer.ehlo("DSN");
          peer.answer("DATA", "354 " + "x".repeat(1500) + "|250 ok");
          peer.awaitEnd();
        });
  }

  // Identification

  @Test
  void xclientTellsWhatIsOfferedAndAsksAgain() throws Exception {
    opens(
        TlsPolicy.NONE,
        Identify.AUTO,
        connection -> assertThat(connection.capabilities().keywords()).containsExactly("DSN"),
        peer -> {
          peer.greet(XCLIENT, XFORWARD);
          peer.answer(
              "XCLIENT NAME=mx.example.com ADDR=192.0.2.7 PORT=4711 PROTO=ESMTP"
                  + " HELO=helo.example.com DESTADDR=198.51.100.1 DESTPORT=25",
              "220 again");
          peer.ehlo("DSN");
          peer.awaitEnd();
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "XFORWARD"})
  void xforwardTellsInSeveralCommandsIfNeeded(Identify identify) throws Exception {
    String name = "n".repeat(250);
    String helo = "h".repeat(250);
    try (var hop =
            new ScriptedHop(peer -> {
              peer.greet("XFORWARD NAME ADDR PORT PROTO HELO SOURCE");
              peer.answer(
                  "XFORWARD NAME="
                      + name
                      + " ADDR=IPV6:2001:db8::1 PORT=[UNAVAILABLE]"
                      + " PROTO=SMTP",
                  "250 ok");
              peer.answer("XFORWARD HELO=" + helo + " SOURCE=REMOTE", "250 ok");
              peer.expect("QUIT");
            });
        NextHops hops = fixture.hops(hop.hop(TlsPolicy.NONE, identify))) {
      var client =
          new ClientIdentity(
              InetAddress.ofLiteral("2001:db8::1"), 0, name, helo, false, false, null);
      hops.open(client).close();
      assertThat(hop.end()).isEqualTo("done");
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "null, [UNAVAILABLE]",
        "'', [UNAVAILABLE]",
        "'a b', a+20b",
        "a+b=c, a+2Bb+3Dc",
        "'a\r\nMAIL FROM:<>', a+0D+0AMAIL+20FROM:<>",
        "\u00e9, +C3+A9",
        "[192.0.2.1], [192.0.2.1]",
      })
  void whateverAClientCallsItselfIsOneValue(String helo, String value) {
    var client = new ClientIdentity(null, 0, null, helo, true, false, null);
    assertThat(Identification.xclient(client, Set.of("HELO", "ADDR", "PORT")))
        .containsExactly("XCLIENT ADDR=[UNAVAILABLE] PORT=[UNAVAILABLE] HELO=" + value);
  }

  @Test
  void nameThatIsTooLongIsNotTold() {
    var client = new ClientIdentity(null, 0, null, "+".repeat(86), true, false, null);
    assertThat(Identification.xforward(client, Set.of("HELO", "SOURCE")))
        .containsExactly("XFORWARD HELO=[UNAVAILABLE] SOURCE=LOCAL");
  }

  @Test
  void nothingIsToldWhereNothingIsOfferedOrWanted() throws Exception {
    Script plain =
        peer -> {
          peer.greet("DSN");
          peer.expect("QUIT");
        };
    opens(TlsPolicy.NONE, Identify.AUTO, _ -> {}, plain);
    Script offering =
        peer -> {
          peer.greet(XCLIENT, XFORWARD);
          peer.expect("QUIT");
        };
    opens(TlsPolicy.NONE, Identify.NONE, _ -> {}, offering);
  }

  @Test
  void automaticXforwardThatIsRefusedIsDoneWithout() throws Exception {
    opens(
        TlsPolicy.NONE,
        Identify.AUTO,
        _ -> {},
        peer -> {
          peer.greet("XCLIENT NAME", "XFORWARD ADDR");
          peer.answer("XFORWARD ADDR=192.0.2.7", "501 no");
          peer.expect("QUIT");
        });
  }

  /** As Postfix with {@code smtpd_delay_reject = no} greets a client that it has listed. */
  @ParameterizedTest
  @EnumSource(names = {"AUTO", "XCLIENT"})
  void clientThatIsRefusedInTheAnswerToXclientIsRefused(Identify identify) throws Exception {
    Script refusing =
        peer -> {
          peer.greet("XCLIENT ADDR", "XFORWARD ADDR");
          peer.answer("XCLIENT ADDR=192.0.2.7", "554 5.7.1 Client host rejected: listed");
          peer.awaitEnd();
        };
    NextHopUnavailableException failure = fails(TlsPolicy.NONE, identify, true, refusing);
    assertThat(failure.refusal().orElseThrow())
        .hasToString("554 5.7.1 Client host rejected: listed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"501 syntax", "503 order", "550 not authorized", "451 later"})
  void automaticXclientThatIsRefusedIsNotDoneWithout(String reply) throws Exception {
    Script refusing =
        peer -> {
          peer.greet("XCLIENT ADDR", "XFORWARD ADDR");
          peer.answer("XCLIENT ADDR=192.0.2.7", reply);
          peer.awaitEnd();
        };
    NextHopUnavailableException failure = fails(TlsPolicy.NONE, Identify.AUTO, true, refusing);
    assertThat(failure).hasMessageEndingWith(" answered XCLIENT with " + reply);
    assertThat(failure.refusal()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"XCLIENT", "XFORWARD"})
  void wantedButNotOfferedMakesTheHopUnavailable(Identify identify) throws Exception {
    Script without =
        peer -> {
          peer.greet("DSN", identify + " NAME");
          peer.awaitEnd();
        };
    assertThat(fails(TlsPolicy.NONE, identify, false, without))
        .hasMessageEndingWith(" does not offer " + identify + " with ADDR, which is required");
  }

  @ParameterizedTest
  @EnumSource(names = {"XCLIENT", "XFORWARD"})
  void wantedButRefusedIsUnavailableForThisClientOnly(Identify identify) throws Exception {
    Script refusing =
        peer -> {
          peer.greet(identify + " ADDR");
          peer.answer(identify + " ADDR=192.0.2.7", "550 insufficient authorization");
          peer.awaitEnd();
        };
    NextHopUnavailableException failure = fails(TlsPolicy.NONE, identify, true, refusing);
    assertThat(failure).hasMessageEndingWith(identify + " with 550 insufficient authorization");
    assertThat(failure.refusal()).isEmpty();
  }

  @Test
  void clientThatTheHopRefusesDoesNotCloseTheHopForOthers() throws Exception {
    Script refusing =
        peer -> {
          peer.greet("XCLIENT ADDR");
          peer.answer("XCLIENT ADDR=192.0.2.7", "220 hi");
          peer.answer("EHLO us.test", "554 5.7.1 you are listed");
          peer.answer("HELO us.test", "554 5.7.1 you are listed");
          peer.awaitEnd();
        };
    NextHopUnavailableException failure = fails(TlsPolicy.NONE, Identify.AUTO, true, refusing);
    assertThat(failure.refusal().orElseThrow()).hasToString("554 5.7.1 you are listed");
  }

  @ParameterizedTest
  @CsvSource({"PROXY_V1, PROXY1", "PROXY_V2, PROXY2"})
  void proxyHeaderComesFirst(Identify identify, String header) throws Exception {
    opens(
        TlsPolicy.NONE,
        identify,
        _ -> {},
        peer -> {
          peer.expect(header + " /192.0.2.7");
          peer.greet(XCLIENT);
          peer.expect("QUIT");
        });
  }

  @Test
  void clientThatIsRefusedBehindAProxyHeaderDoesNotCloseTheHopForOthers() throws Exception {
    NextHopUnavailableException failure =
        fails(TlsPolicy.NONE, Identify.PROXY_V2, true, peer -> peer.say("554 5.7.1 listed"));
    assertThat(failure.refusal().orElseThrow()).hasToString("554 5.7.1 listed");
    NextHopUnavailableException busy =
        fails(TlsPolicy.NONE, Identify.PROXY_V2, true, peer -> peer.say("421 4.7.0 slow down"));
    assertThat(busy.refusal()).isEmpty();
    Script closing = peer -> peer.expect("PROXY2 /192.0.2.7");
    assertThat(fails(TlsPolicy.NONE, Identify.PROXY_V2, true, closing).refusal()).isEmpty();
  }
}
