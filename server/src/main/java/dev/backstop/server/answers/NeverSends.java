package dev.backstop.server.answers;

import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Proof;
import dev.backstop.server.rules.Rules;
import java.util.Optional;

/** The owner says of some addresses that they send no mail: then nothing can answer it. */
final class NeverSends {
  static final Evidence EVIDENCE =
      Evidence.disproven(Proof.NEVER_SENDS, "by the configuration, this address never sends mail");

  private NeverSends() {}

  /** Found only when it holds for every address that is answered. */
  static Optional<Evidence> of(AutomaticAnswer answer, Rules rules) {
    boolean all = answer.writers().stream().allMatch(writer -> rules.policyOf(writer).neverSends());
    return all && answer.answersOneMessage() ? Optional.of(EVIDENCE) : Optional.empty();
  }
}
