package dev.backstop.bounce.policy;

import dev.backstop.bounce.verdict.Decision;
import dev.backstop.bounce.verdict.Verdict;

/**
 * What is done with answers to an address, where its domain enforces.
 *
 * @param backscatter with what is proved not to answer mail of ours
 * @param suspicious with what is unproven while several findings speak against it
 * @param unproven with all else that is unproven
 * @param inAttack with all that is unproven while the address is under attack, if that is stricter
 * @param refuseAt when an answer without a valid tag is refused at the earliest
 * @param neverSends whether the owner says that the address never sends mail, so that nothing can
 *     be an answer to it
 */
public record Policy(
    Measure backscatter,
    Measure suspicious,
    Measure unproven,
    Measure inAttack,
    RefusalStage refuseAt,
    boolean neverSends) {

  /** False answers are refused as early as is safe; what is not proved is delivered. */
  public static final Policy DEFAULT =
      new Policy(
          Measure.REFUSE, Measure.MARK, Measure.PASS, Measure.MARK, RefusalStage.RECIPIENT, false);

  /**
   * What an enforcing domain does with a message.
   *
   * @param underAttack whether the address is being flooded just now
   */
  public Measure enforced(Decision decision, boolean underAttack) {
    Measure usual =
        switch (decision.enforced()) {
          case ORDINARY, GENUINE -> Measure.PASS;
          case BACKSCATTER -> backscatter;
          case UNPROVEN -> decision.suspicious() ? suspicious.orStricter(unproven) : unproven;
        };
    boolean stricter = underAttack && decision.enforced() == Verdict.UNPROVEN;
    return stricter ? usual.orStricter(inAttack) : usual;
  }
}
