package dev.backstop.bounce.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Finding;
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
    "DISPROVEN, ERROR,      BACKSCATTER,  UNPROVEN,   true",
    "NONE,      PROVEN,     GENUINE,      GENUINE,    false",
    "NONE,      DISPROVEN,  BACKSCATTER,  UNPROVEN,   true",
    "NONE,      NONE,       UNPROVEN,     UNPROVEN,   false",
    "NONE,      ERROR,      UNPROVEN,     UNPROVEN,   false",
    "ERROR,     PROVEN,     GENUINE,      GENUINE,    false",
    "ERROR,     DISPROVEN,  BACKSCATTER,  UNPROVEN,   true",
    "ERROR,     NONE,       UNPROVEN,     UNPROVEN,   false",
    "ERROR,     ERROR,      UNPROVEN,     UNPROVEN,   false",
  })
  void everyPairOfFindings(
      Finding batv, Finding journal, Verdict enforced, Verdict observed, boolean wouldRefuse) {
    var evidence = List.of(Evidence.batv(batv, "tag"), Evidence.journal(journal, "journal"));

    Decision enforce = Decision.decide(true, evidence, Mode.ENFORCE);
    Decision observe = Decision.decide(true, evidence, Mode.OBSERVE);

    assertThat(enforce.verdict()).isEqualTo(enforced);
    assertThat(observe.verdict()).isEqualTo(observed);
    assertThat(enforce.wouldRefuse()).isEqualTo(wouldRefuse);
    assertThat(observe.wouldRefuse()).isEqualTo(wouldRefuse);
  }

  @Test
  void mailThatIsNotAutomaticIsOrdinaryWhateverTheEvidence() {
    var evidence = List.of(Evidence.batv(Finding.DISPROVEN, "no tag"));

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
            Evidence.batv(Finding.NONE, "unused"),
            Evidence.journal(Finding.PROVEN, "it is in the journal"));

    assertThat(Decision.decide(true, evidence, Mode.ENFORCE).explanation())
        .isEqualTo("It answers mail that we sent: it is in the journal.");
  }
}
