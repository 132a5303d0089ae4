package dev.backstop.bounce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.spf.SpfResult;
import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.mail.address.IpLiteral;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathProofTest {
  private static final InetAddress OURS = IpLiteral.parse("198.51.100.7");

  /** What was asked for. */
  private final List<InetAddress> asked = new ArrayList<>();

  private Evidence judge(String received, SpfResult result) {
    return proof(result).of(bounce(received));
  }

  private PathProof proof(SpfResult result) {
    return new PathProof(
        OURS::equals,
        address -> {
          asked.add(address);
          return result;
        });
  }

  private static AutomaticMail bounce(String received) {
    return SignedMail.bounce("bob@far.example", received + SignedMail.LETTER);
  }

  private static String from(String address) {
    return "Received: from mail.ours.example (mail.ours.example [%s])\n by mx.far.example; today\n"
        .formatted(address);
  }

  @Test
  void aHostInOurNetworks() {
    assertThat(judge(from("198.51.100.7"), SpfResult.FAIL))
        .isEqualTo(
            Evidence.hint(
                Proof.PATH,
                "the message was handed over by 198.51.100.7, which is in our networks"));
    assertThat(asked).as("nobody is asked").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PASS, PROVEN, which may send our mail (SPF)",
    "FAIL, DISPROVEN, which may not send our mail (SPF)",
    "SOFTFAIL, NONE, of which our SPF record does not say (softfail)",
    "NEUTRAL, NONE, of which our SPF record does not say (neutral)",
    "NONE, NONE, of which our SPF record does not say (none)",
    "PERMERROR, NONE, of which our SPF record does not say (permerror)",
    "TEMPERROR, ERROR, and whether it may send our mail is not known: a name server failed",
  })
  void whatOurRecordSaysOfTheHost(SpfResult result, Finding finding, String detail) {
    assertThat(judge(from("203.0.113.9"), result))
        .isEqualTo(
            new Evidence(
                Proof.PATH,
                finding,
                Strength.SLIGHT,
                "the message was handed over by 203.0.113.9, " + detail));
    assertThat(asked).containsExactly(IpLiteral.parse("203.0.113.9"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.1.1",
        "100.64.1.1",
        "0.1.2.3",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "fd00::1",
        "ff02::1",
      })
  void addressesThatEverybodyHasSayNothing(String address) {
    assertThat(judge(from(address), SpfResult.PASS).finding()).isEqualTo(Finding.NONE);
    assertThat(new PathProof(any -> true, any -> SpfResult.PASS).of(bounce(from(address))))
        .as("in our networks too")
        .extracting(Evidence::finding)
        .isEqualTo(Finding.NONE);
    assertThat(asked).isEmpty();
  }

  @Test
  void theHopBelowALocalOneCounts() {
    assertThat(judge(from("127.0.0.1") + from("2001:db8::9"), SpfResult.PASS).detail())
        .contains("2001:db8::9");
  }

  @Test
  void namesSayNothing() {
    for (String received :
        List.of("", "Received: from mail.ours.example by mx.far.example; today\n")) {
      assertThat(judge(received, SpfResult.PASS))
          .isEqualTo(
              Evidence.none(
                  Proof.PATH,
                  "the returned header does not say which host handed the message over"));
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void noReceivedFieldMakesItFailOrAskTwice() {
    var random = new Random(20260303);
    for (int round = 0; round < 5000; round++) {
      var received = new StringBuilder(from("203.0.113.9").repeat(1 + random.nextInt(3)));
      for (int i = random.nextInt(10); i > 0; i--) {
        received.setCharAt(
            random.nextInt(received.length()), "0:.[]() %x".charAt(random.nextInt(10)));
      }
      asked.clear();
      assertThat(judge(received.toString(), SpfResult.PASS).detail()).isNotBlank();
      assertThat(asked).hasSizeLessThanOrEqualTo(1);
    }
    judge(from("203.0.113.9").repeat(1900), SpfResult.FAIL);
    judge("Received: " + "[1.2.3.4.5] ".repeat(50_000) + "\n", SpfResult.FAIL);
  }
}
