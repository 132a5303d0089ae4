package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that cannot be read, and recipients by which a stranger would reach somebody else. */
class AddressTest extends GatewayTest {

  /** Many servers take some of these for the null sender, which is the sender of bounces. */
  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "< >",
        "<\t>",
        "<\"\">",
        "<\"\"@>",
        "<@a:>",
        "<@a,@b:>",
        "<@foreign.test:>",
        "<()>",
        "<(comment)>",
        "<undisclosed:;>",
        "<undisclosed-recipients:;>",
        "<@>",
        "<@foreign.test>",
        "<a@>",
        "<,>",
        "<;>",
        "<:>",
        "<:;>",
        "<<>>",
        "<<>",
        "<\\>",
        "<a b@foreign.test>",
        "<a@foreign .test>",
        "<a@foreign.test",
        "a@foreign.test>",
        "<\"a@foreign.test>",
        "<a@b@foreign.test>",
        "<a@.foreign.test>",
        "<a@foreign..test>",
        "<a@[127.0.0.1>",
        "<a@[]>",
        "<a@foreign.test> <>",
        "<>,<>",
        "<>x",
        "(<>)",
        "<()<>>",
        "",
        " ",
        "\"<>\"",
        "<\0>",
        "<>\0",
        "<\0@foreign.test>",
        "<a\r@foreign.test>",
        "<a\n@foreign.test>",
        "<>\r>",
        "<a\u00fc@foreign.test>",
        "<\u0001@foreign.test>"
      })
  void aSenderThatCannotBeReadIsRefusedAndGoesNoFurther(String sender) {
    gateway.hop.reset();
    try (var client = gateway.greeted()) {
      assertThat(client.say("MAIL FROM:" + sender)).as("%s", client).matches("(?s)5\\d\\d.*");
      assertThat(client.say("RCPT TO:<user@ours.test>")).as("%s", client).startsWith("503");
    }
    gateway.hop.awaitQuiet();
    assertThat(gateway.hop.log().commands(Stage.MAIL)).isEmpty();
  }

  /** Those of the first test that are not merely odd behind the path are 501 by the letter. */
  @ParameterizedTest
  @ValueSource(
      strings = {"< >", "<\"\">", "<@a:>", "<()>", "<undisclosed:;>", "<@>", "<,>", "<a@>"})
  void theAnswerIs501(String sender) {
    try (var client = gateway.greeted()) {
      assertThat(client.say("MAIL FROM:" + sender)).startsWith("501 5.1.7");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<>",
        "<a@foreign.test>",
        "<\"a b\"@foreign.test>",
        "<\"a@b\"@foreign.test>",
        "<a@[192.0.2.1]>",
        "<a@[IPv6:2001:db8::1]>",
        // Some large providers gave out such addresses.
        "<a..b@foreign.test>",
        "<a.@foreign.test>",
        "<a+b=c!d%e@foreign.test>",
        "<prvs=0123abcdef=a@foreign.test>",
        "<a@foreign-1.test> BODY=7BIT",
        "<a@foreign.test> SIZE=100"
      })
  void sendersThatAreLegalAreTaken(String sender) {
    gateway.hop.reset();
    try (var client = gateway.greeted()) {
      assertThat(client.say("MAIL FROM:" + sender)).as("%s", client).startsWith("250");
    }
    gateway.hop.awaitQuiet();
    String path = sender.substring(0, sender.indexOf('>') + 1);
    assertThat(gateway.hop.log().commands(Stage.MAIL))
        .singleElement()
        .asString()
        .containsIgnoringCase(path);
  }

  /** None of these may reach a next hop that trusts the gateway. */
  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "<user@elsewhere.test>",
        "<user%elsewhere.test@ours.test>",
        "<user%elsewhere.test%x@ours.test>",
        "<elsewhere.test!user@ours.test>",
        "<elsewhere.test!user>",
        "<@ours.test:user@elsewhere.test>",
        "<@ours.test,@elsewhere.test:user@elsewhere.test>",
        "<\"user@elsewhere.test\"@ours.test>",
        "<\"user%elsewhere.test\"@ours.test>",
        "<user@elsewhere.test@ours.test>",
        "<user@ours.test@elsewhere.test>",
        "<user\\@elsewhere.test@ours.test>",
        "<user@[127.0.0.1]>",
        "<user@[IPv6:::1]>",
        "<user@127.0.0.1>",
        "<user@[ours.test]>",
        "<user@localhost>",
        "<user@ours.test.elsewhere.test>",
        "<user@sub.ours.test>",
        "<user@notours.test>",
        "<user@ours.test\0.elsewhere.test>",
        "<user@elsewhere.test\0@ours.test>",
        "<user@elsewhere.test,user@ours.test>",
        "<user@elsewhere.test> <user@ours.test>",
        "<user@elsewhere.test>,<user@ours.test>",
        "<user@ours.test>,<user@elsewhere.test>",
        "<user@elsewhere.test",
        "user@elsewhere.test",
        "<user>",
        "<>",
        "< >",
        "<@ours.test>",
        "<user@>",
        "<user@ours.test\r\n@elsewhere.test>",
        "<|cat@ours.test\n>",
        "<user@ours.te\u017ft>",
        "<\"\"@elsewhere.test>"
      })
  void aStrangerReachesNobodyElse(String recipient) {
    gateway.hop.reset();
    try (var client = gateway.greeted()) {
      client.say("MAIL FROM:<sender@foreign.test>");
      assertThat(client.say("RCPT TO:" + recipient)).as("%s", client).matches("(?s)5\\d\\d.*");
    }
    gateway.hop.awaitQuiet();
    assertThat(gateway.hop.log().commands(Stage.RCPT)).isEmpty();
  }

  /** A source route is ignored or refused, never followed (RFC 5321 §3.6.1). */
  @ParameterizedTest
  @ValueSource(strings = {"<@elsewhere.test:user@ours.test>", "<@a.test,@b.test:user@ours.test>"})
  void aSourceRouteIsNotFollowed(String recipient) {
    gateway.hop.reset();
    try (var client = gateway.greeted()) {
      client.say("MAIL FROM:<sender@foreign.test>");
      client.say("RCPT TO:" + recipient);
    }
    gateway.hop.awaitQuiet();
    assertThat(gateway.hop.log().commands(Stage.RCPT))
        .allSatisfy(line -> assertThat(line).contains("<user@ours.test>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<user@ours.test>",
        "<user@OURS.test>",
        "<\"user\"@ours.test>",
        "<\"us er\"@ours.test>",
        "<user+box@ours.test>",
        "<Postmaster>",
        "<postmaster@ours.test>"
      })
  void ourOwnAreReached(String recipient) {
    gateway.hop.reset();
    try (var client = gateway.greeted()) {
      client.say("MAIL FROM:<sender@foreign.test>");
      assertThat(client.say("RCPT TO:" + recipient)).as("%s", client).startsWith("250");
    }
    gateway.hop.awaitQuiet();
    assertThat(gateway.hop.log().commands(Stage.RCPT)).hasSize(1);
  }
}
