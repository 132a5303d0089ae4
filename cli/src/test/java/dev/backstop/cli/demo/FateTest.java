package dev.backstop.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FateTest {
  private static final String ANNA = OurMailServer.address("anna");
  private static final Letter LETTER =
      new Letter(List.of(new Letter.Field("Subject", "failure notice")), "Sorry.\n");
  private static final Letter WITH_VERDICT =
      new Letter(
          List.of(
              new Letter.Field("Backstop-Verdict", "genuine"),
              new Letter.Field("Subject", "failure notice")),
          "Sorry.\n");

  private static Mail mail(String recipient, Letter letter) {
    return new Mail(new Mail.Client("mx", "192.0.2.1", null), "", List.of(recipient), letter);
  }

  private static Case arrived(Truth truth, Outcome outcome) {
    String tagged = "prvs=0269abcdef=" + ANNA;
    return Case.of(new Arrival(Kind.BOUNCE, truth, ANNA, mail(tagged, LETTER)), outcome);
  }

  private static Case delivered(Truth truth, String recipient, Letter letter) {
    return arrived(truth, new Outcome.Accepted(mail(recipient, letter)));
  }

  @Test
  void anAnswerMayCarryTheVerdictAndOrdinaryMailMayNot() {
    assertThat(delivered(Truth.GENUINE, ANNA, WITH_VERDICT).isRight()).isTrue();
    assertThat(delivered(Truth.ORDINARY, ANNA, WITH_VERDICT).isRight()).isFalse();
    assertThat(delivered(Truth.ORDINARY, ANNA, LETTER).isRight()).isTrue();
  }

  @Test
  void whatDoesNotReachItsMailboxAsItWasIsDamaged() {
    Letter changed = new Letter(LETTER.header(), "Sorry!\n");
    String tagged = "prvs=0269abcdef=" + ANNA;
    assertThat(delivered(Truth.GENUINE, ANNA, changed).fate()).isEqualTo(Fate.DAMAGED);
    assertThat(delivered(Truth.GENUINE, tagged, LETTER).fate()).isEqualTo(Fate.DAMAGED);
    assertThat(delivered(Truth.GENUINE, OurMailServer.address("ben"), LETTER).isRight()).isFalse();
  }

  @Test
  void onlyAFalseAnswerMayBeRefused() {
    for (boolean atEnd : new boolean[] {false, true}) {
      var refused = new Outcome.Refused(atEnd, "550 no");
      assertThat(arrived(Truth.FALSE, refused).isRight()).isTrue();
      assertThat(arrived(Truth.GENUINE, refused).isRight()).isFalse();
      assertThat(arrived(Truth.ORDINARY, refused).isRight()).isFalse();
    }
    assertThat(delivered(Truth.FALSE, ANNA, LETTER).isRight()).isFalse();
  }

  @Test
  void aMonthWithoutAnswersProvesNothing() {
    var score = new Score();
    score.sent(true);
    assertThat(score.tally().isRight()).isFalse();
    score.arrived(delivered(Truth.GENUINE, ANNA, LETTER));
    score.arrived(arrived(Truth.FALSE, new Outcome.Refused(false, "550 no")));
    assertThat(score.tally().isRight()).isTrue();
    score.sent(false);
    assertThat(score.tally().isRight()).isFalse();
  }
}
