package dev.backstop.bounce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.tag.HeaderToken;
import dev.backstop.bounce.tag.TagKey;
import dev.backstop.bounce.tag.TagKeys;
import dev.backstop.mail.address.Mailbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class TokenProofTest {
  private static final Instant NOW = SignedMail.SENT.plus(Duration.ofDays(2));
  private static final Mailbox ANNA = new Mailbox("anna", "ours.example");
  private static final Mailbox CARL = new Mailbox("carl", "ours.example");
  private static final HeaderToken TOKEN =
      new HeaderToken(
          new TagKeys(
              List.of(
                  new TagKey(
                      3, "secret".getBytes(StandardCharsets.US_ASCII), Instant.EPOCH, null))));
  private static final String FIELD =
      "Backstop-Token: " + TOKEN.sign(ANNA, "<1@ours.example>", SignedMail.SENT) + "\n";
  private static final String HEADER = FIELD + SignedMail.LETTER;

  private static Evidence judge(AutomaticMail reading, Mailbox... answered) {
    return new TokenProof(TOKEN).of(reading, List.of(answered), NOW);
  }

  private static void is(Evidence evidence, Finding finding, Strength strength, String detail) {
    assertThat(evidence).isEqualTo(new Evidence(Proof.TOKEN, finding, strength, detail));
  }

  @Test
  void provesThatWeSentTheMessage() {
    for (AutomaticMail reading :
        List.of(
            SignedMail.bounce("bob@far.example", HEADER),
            SignedMail.bounce(
                "DAVE@elsewhere.example",
                HEADER.toUpperCase(Locale.ROOT).replace("<1@OURS.EXAMPLE>", "<1@ours.example>")),
            SignedMail.plain("carol@far.example", HEADER + "\nHello\n"))) {
      assertThat(judge(reading, ANNA).strength()).isEqualTo(Strength.CONCLUSIVE);
    }
    is(
        judge(SignedMail.bounce("bob@far.example", HEADER), CARL, ANNA),
        Finding.PROVEN,
        Strength.CONCLUSIVE,
        "the returned header carries our token for its Message-ID and names bob@far.example");
  }

  @Test
  void theTagOfTheRecipientDoesNotMatter() {
    Mailbox tagged = new Mailbox("prvs=3123abcdef=Anna", "ours.example");
    assertThat(judge(SignedMail.bounce("bob@far.example", HEADER), tagged).strength())
        .isEqualTo(Strength.CONCLUSIVE);
  }

  @Test
  void forSomebodyElseItIsOnlyLikely() {
    is(
        judge(SignedMail.bounce("eve@else.example", HEADER), ANNA),
        Finding.PROVEN,
        Strength.SUBSTANTIAL,
        "the returned header carries our token for its Message-ID, but nobody for whom this answer"
            + " speaks");
  }

  /** A token that one of us is known by must not open the door to all of us. */
  @Test
  void toSomebodyElseOfOursItIsOnlyLikely() {
    for (String header :
        List.of(HEADER, "Return-Path: <anna@ours.example>\n" + HEADER.replace("From: ", "X: "))) {
      is(
          judge(SignedMail.bounce("bob@far.example", header), CARL),
          Finding.PROVEN,
          Strength.SUBSTANTIAL,
          "the returned header carries our token for its Message-ID, but the answer goes to"
              + " somebody else of ours");
    }
  }

  @Test
  void aWrongTokenSaysNothing() {
    String wrong = "the token in the returned header is not ours for this sender and Message-ID";
    for (String header :
        List.of(
            HEADER.replace("<1@ours", "<2@ours"),
            "Backstop-Token: x\n" + SignedMail.LETTER,
            FIELD.replaceAll("(?<=Token: )\\d", "4") + SignedMail.LETTER)) {
      is(
          judge(SignedMail.bounce("bob@far.example", header), ANNA),
          Finding.NONE,
          Strength.SLIGHT,
          wrong);
    }
    String others = HEADER.replace("anna@", "carl@");
    is(
        judge(SignedMail.bounce("bob@far.example", others), CARL),
        Finding.NONE,
        Strength.SLIGHT,
        wrong);
  }

  @Test
  void anOldTokenSaysNothing() {
    Evidence late =
        new TokenProof(TOKEN)
            .of(
                SignedMail.bounce("bob@far.example", HEADER),
                List.of(ANNA),
                SignedMail.SENT.plus(Duration.ofDays(8)));
    is(
        late,
        Finding.NONE,
        Strength.SLIGHT,
        "the token in the returned header was ours but has expired");
  }

  @Test
  void nothingCameBack() {
    for (AutomaticMail reading :
        List.of(
            SignedMail.bounce("bob@far.example", SignedMail.LETTER),
            SignedMail.bounce("bob@far.example", HEADER.replaceAll("Message-ID: .*\n", "")),
            SignedMail.plain("bob@far.example", "Sorry."))) {
      is(
          judge(reading, ANNA),
          Finding.NONE,
          Strength.SLIGHT,
          "no token of ours came back with the Message-ID that it is for");
    }
  }

  @Test
  void hostileHeadersCostLittle() {
    String[] shapes = {
      FIELD.replace("3", "4").repeat(1900) + HEADER,
      "Backstop-Token: " + "0".repeat(500_000) + "\n" + HEADER,
      FIELD.replace("3", "4") + "From: " + "a@b.example, ".repeat(8000) + "\n" + HEADER,
    };
    for (String shape : shapes) {
      AutomaticMail reading = SignedMail.bounce("bob@far.example", "message/rfc822", shape);
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> {
            for (int i = 0; i < 50; i++) {
              assertThat(judge(reading, ANNA, CARL).proof()).isEqualTo(Proof.TOKEN);
            }
          });
    }
  }

  @Test
  void noDamageMakesItFail() {
    var random = new Random(20260302);
    for (int round = 0; round < 3000; round++) {
      var header = new StringBuilder(HEADER);
      for (int i = random.nextInt(12); i > 0; i--) {
        header.setCharAt(random.nextInt(header.length()), (char) random.nextInt(256));
      }
      Evidence evidence =
          judge(SignedMail.bounce("bob@far.example", "message/rfc822", header.toString()), ANNA);
      assertThat(evidence.detail()).isNotBlank();
    }
  }
}
