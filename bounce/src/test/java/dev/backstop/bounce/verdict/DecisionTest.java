package dev.backstop.bounce.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Finding;
import dev.backstop.bounce.proof.Proof;
import dev.backstop.bounce.proof.Strength;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTest {

  /** Every combination of the two proofs, and what a domain in each mode makes of it. */
  @ParameterizedTest
  @CsvSource({
    // batv,    journal,    enforce,      observe,    would refuse
    "PROVEN,    PROVEN,     GENUINE,      GENUINE,    false",
    "PROVEN,    DISPROVEN,  GENUINE,      GENUINE,    false",
    "PROVEN,    NONE,       GENUINE,      GENUINE,    false",
    "PROVEN,    ERROR,      GENUINE,      GENUINE,    false",
    "DISPROVEN, PROVEN,     GENUINE,      GENUINE,    false",
    "DISPROVEN, DISPROVEN,  BACKSCATTER,  UNPROVEN,   true",
    "DISPROVEN, NONE,       BACKSCATTER,  UNPROVEN,   true",
    "DISPROVEN, ERROR,      UNPROVEN,     UNPROVEN,   false",
    "NONE,      PROVEN,     GENUINE,      GENUINE,    false",
    "NONE,      DISPROVEN,  BACKSCATTER,  UNPROVEN,   true",
    "NONE,      NONE,       UNPROVEN,     UNPROVEN,   false",
    "NONE,      ERROR,      UNPROVEN,     UNPROVEN,   false",
    "ERROR,     PROVEN,     GENUINE,      GENUINE,    false",
    "ERROR,     DISPROVEN,  UNPROVEN,     UNPROVEN,   false",
    "ERROR,     NONE,       UNPROVEN,     UNPROVEN,   false",
    "ERROR,     ERROR,      UNPROVEN,     UNPROVEN,   false",
  })
  void everyPairOfFindings(
      Finding batv, Finding journal, Verdict enforced, Verdict observed, boolean wouldRefuse) {
    var evidence =
        List.of(
            new Evidence(Proof.BATV, batv, Strength.CONCLUSIVE, "tag"),
            new Evidence(Proof.JOURNAL, journal, Strength.CONCLUSIVE, "journal"));

    Decision enforce = Decision.decide(true, evidence, Mode.ENFORCE);
    Decision observe = Decision.decide(true, evidence, Mode.OBSERVE);

    assertThat(enforce.verdict()).isEqualTo(enforced);
    assertThat(observe.verdict()).isEqualTo(observed);
    assertThat(enforce.wouldRefuse()).isEqualTo(wouldRefuse);
    assertThat(observe.wouldRefuse()).isEqualTo(wouldRefuse);
  }

  @Test
  void mailThatIsNotAutomaticIsOrdinaryWhateverTheEvidence() {
    var evidence = List.of(Evidence.disproven(Proof.BATV, "no tag"));

    assertThat(Decision.decide(false, evidence, Mode.ENFORCE).verdict())
        .isEqualTo(Verdict.ORDINARY);
  }

  @Test
  void noEvidenceProvesNothing() {
    assertThat(Decision.decide(true, List.of(), Mode.ENFORCE).verdict())
        .isEqualTo(Verdict.UNPROVEN);
  }

  @Test
  void theExplanationNamesTheFindingThatDecided() {
    var evidence =
        List.of(
            Evidence.none(Proof.BATV, "unused"),
            Evidence.proven(Proof.JOURNAL, "it is in the journal"));

    assertThat(Decision.decide(true, evidence, Mode.ENFORCE).explanation())
        .isEqualTo("It answers mail that we sent: it is in the journal.");
  }
}
