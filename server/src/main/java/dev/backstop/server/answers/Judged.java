package dev.backstop.server.answers;

import dev.backstop.bounce.policy.Measure;
import dev.backstop.bounce.verdict.Decision;
import dev.backstop.bounce.verdict.Mode;
import java.util.List;

/**
 * What became of an answer.
 *
 * @param decision verdict and evidence
 * @param mode of all its recipients together
 * @param taken what is done with it
 * @param enforced what would be done if all its recipients' domains enforced
 * @param uses what was proved with what, to be remembered once the message is let in
 */
public record Judged(
    Decision decision, Mode mode, Measure taken, Measure enforced, List<Use> uses) {
  public Judged {
    uses = List.copyOf(uses);
  }
}
