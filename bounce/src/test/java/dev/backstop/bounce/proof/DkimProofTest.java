package dev.backstop.bounce.proof;

import static dev.backstop.bounce.proof.SignedMail.ED25519;
import static dev.backstop.bounce.proof.SignedMail.LETTER;
import static dev.backstop.bounce.proof.SignedMail.RSA;
import static dev.backstop.bounce.proof.SignedMail.SENT;
import static dev.backstop.bounce.proof.SignedMail.bounce;
import static dev.backstop.bounce.proof.SignedMail.proof;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.dkim.KeyRecord;
import dev.backstop.auth.dkim.OwnKeys;
import dev.backstop.bounce.form.AutomaticMail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DkimProofTest {
  private static final String HEADER = SignedMail.signed(LETTER, RSA, ED25519);
  private static final Instant NOW = SENT.plus(Duration.ofDays(2));

  private static Evidence judge(AutomaticMail reading) {
    return proof().of(reading, NOW);
  }

  private static void is(Evidence evidence, Finding finding, Strength strength, String detail) {
    assertThat(evidence).isEqualTo(new Evidence(Proof.DKIM, finding, strength, detail));
  }

  @Test
  void aSignatureOfOursProvesThatWeWroteToWhoAnswers() {
    for (AutomaticMail reading :
        List.of(
            bounce("bob@far.example", HEADER),
            bounce("bob@far.example", "message/rfc822", HEADER + "\nHello\n"),
            SignedMail.plain("bob@far.example", HEADER + "\nHello\n"))) {
      is(
          judge(reading),
          Finding.PROVEN,
          Strength.CONCLUSIVE,
          "the DKIM signature of ours.example over the returned header holds, signed on 2026-03-01"
              + " for a message to bob@far.example");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"carol@far.example", "BOB@Far.Example", "dave@elsewhere.example"})
  void anyAddresseeMayAnswer(String recipient) {
    assertThat(judge(bounce(recipient, HEADER)).strength()).isEqualTo(Strength.CONCLUSIVE);
  }

  @Test
  void eitherSignatureIsEnough() {
    for (String header :
        List.of(SignedMail.signed(LETTER, RSA), SignedMail.signed(LETTER, ED25519))) {
      assertThat(judge(bounce("bob@far.example", header)).finding()).isEqualTo(Finding.PROVEN);
    }
  }

  /** Each replay would look like a message of its own, and counting replays would end nothing. */
  @Test
  void anotherMessageIdOnTopBindsNothing() {
    assertThat(judge(bounce("bob@far.example", "Message-ID: <fresh@x>\n" + HEADER)).strength())
        .isEqualTo(Strength.SUBSTANTIAL);
  }

  @Test
  void aRetiredKeyStillProves() {
    KeyRecord present = KeyRecord.of(ED25519.algorithm(), ED25519.publicKey());
    KeyRecord retired = KeyRecord.of(RSA.algorithm(), RSA.publicKey());
    var keys = new OwnKeys(Map.of(RSA.recordName(), List.of(present, retired)));
    var proof = new DkimProof(keys, Map.of(), DkimProof.LIFETIME);
    assertThat(proof.of(bounce("bob@far.example", HEADER), NOW).finding())
        .isEqualTo(Finding.PROVEN);
  }

  /** An alias, a forwarder, a list; or somebody who uses a header that he once got. */
  @Test
  void anAnswerForSomebodyElseIsOnlyLikely() {
    is(
        judge(bounce("eve@else.example", HEADER)),
        Finding.PROVEN,
        Strength.SUBSTANTIAL,
        "the DKIM signature of ours.example over the returned header holds, signed on 2026-03-01,"
            + " but the message names nobody for whom this answer speaks");
  }

  /** The returned header is not its own witness: what stands above it was not signed. */
  @Test
  void whatIsPutOnTopIsNotRead() {
    for (String top : List.of("To: eve@else.example\n", "Cc: eve@else.example\n")) {
      assertThat(judge(bounce("eve@else.example", top + HEADER)).strength())
          .as(top)
          .isEqualTo(Strength.SUBSTANTIAL);
    }
  }

  @Test
  void anOldSignatureIsOnlyLikely() {
    AutomaticMail reading = bounce("bob@far.example", HEADER);
    Instant last = SENT.plus(DkimProof.LIFETIME);
    assertThat(proof().of(reading, last).strength()).isEqualTo(Strength.CONCLUSIVE);
    is(
        proof().of(reading, last.plusSeconds(1)),
        Finding.PROVEN,
        Strength.SUBSTANTIAL,
        "the DKIM signature of ours.example over the returned header holds, signed on 2026-03-01,"
            + " too long ago for an answer now");
  }

  @Test
  void aSignatureOfTomorrowIsOnlyLikely() {
    AutomaticMail reading = bounce("bob@far.example", HEADER);
    Instant earlier = SENT.minus(Duration.ofDays(1));
    assertThat(proof().of(reading, earlier).strength()).isEqualTo(Strength.CONCLUSIVE);
    is(
        proof().of(reading, earlier.minusSeconds(1)),
        Finding.PROVEN,
        Strength.SUBSTANTIAL,
        "the DKIM signature of ours.example over the returned header holds, but it is dated in the"
            + " future");
  }

  @Test
  void aBrokenSignatureSaysNothing() {
    is(
        judge(bounce("bob@far.example", HEADER.replace("Minutes", "Hours"))),
        Finding.NONE,
        Strength.SLIGHT,
        "a signature of ours is there, but the header is not what was signed");
  }

  @Test
  void withoutAHeaderThereIsNothingToSay() {
    is(
        judge(SignedMail.plain("bob@far.example", "Sorry.")),
        Finding.NONE,
        Strength.SLIGHT,
        "no header of the answered message came back that could carry our signature");
  }

  @Test
  void unsignedMailIsDoubtfulWhereAllIsSigned() {
    String path = "Return-Path: <prvs=0123abcdef=anna@ours.example>\n";
    String sub = LETTER.replace("anna@ours", "anna@news.ours");
    for (String header : List.of(LETTER, path + LETTER, sub)) {
      is(
          judge(bounce("bob@far.example", header)),
          Finding.DISPROVEN,
          Strength.SLIGHT,
          "the returned header has no signature of ours, and all mail of ours.example has left"
              + " with one since 2026-01-01");
    }
  }

  @Test
  void unsignedMailSaysNothingElsewhere() {
    String[] headers = {
      LETTER.replace("anna@ours", "anna@other"), // not ours
      "Return-Path: <news@hoster.example>\n" + LETTER, // another's envelope
      "Return-Path: <>\n" + LETTER,
      LETTER.replace("1 Mar 2026", "31 Dec 2025"), // before all was signed
      LETTER.replace("1 Mar 2026", "9 Mar 2026"), // no such time yet
      LETTER.replaceAll("Date: .*\n", ""),
      LETTER.replaceAll("Message-ID: .*\n", ""), // a selection of fields
      LETTER.replaceAll("From: .*\n", "Received: x\n"),
    };
    for (String header : headers) {
      assertThat(judge(bounce("bob@far.example", header)).finding())
          .as(header)
          .isEqualTo(Finding.NONE);
    }
  }

  /** A signature under a name of ours which nobody could make is no less than none. */
  @Test
  void aForgedSignatureProvesNothing() {
    String forged =
        HEADER.replaceAll("(?s) b=\\S+.*?\n(?=\\S)", " b=AAAA\n").replace("Minutes", "Forged");
    assertThat(judge(bounce("bob@far.example", forged)).finding()).isEqualTo(Finding.NONE);
  }
}
