package dev.backstop.auth.spf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The openspf suite as outside judge. */
class SpfSuiteTest {
  private final SpfVerifier verifier =
      new SpfVerifier("mx.example.org", InstantSource.fixed(Instant.EPOCH), SpfLimits.STANDARD);

  @Test
  void openspfSuiteForRfc7208() throws IOException {
    Path file = SpfSuite.file();
    if (file == null) {
      System.out.println("spf suite: skipped, ../shared/suites/spf is not there");
    }
    assumeTrue(file != null);
    List<SpfSuite.Case> cases = SpfSuite.cases(file);
    List<String> wrong = new ArrayList<>();
    for (SpfSuite.Case test : cases) {
      SpfOutcome outcome =
          verifier.verifyMailFrom(test.resolver(), test.client(), test.helo(), test.sender());
      if (!isRight(test, outcome)) {
        wrong.add(test.name() + ": " + outcome);
      }
      if (test.results().size() > 1) {
        System.out.println(
            "spf suite: "
                + test.name()
                + " of "
                + test.results()
                + " is "
                + outcome.result().word());
      }
    }
    System.out.println("spf suite: " + (cases.size() - wrong.size()) + " of " + cases.size());
    assertThat(wrong).isEmpty();
    assertThat(cases).hasSize(203);
  }

  /** The preferred result, and the explanation in exactly these words. */
  private static boolean isRight(SpfSuite.Case test, SpfOutcome outcome) {
    String explanation = test.explanation();
    boolean explained =
        explanation == null
            || (explanation.equals("DEFAULT")
                ? outcome.explanation().contains(" does not let ")
                : outcome.explanation().equals(explanation));
    return explained && outcome.result().word().equals(test.results().getFirst());
  }
}
