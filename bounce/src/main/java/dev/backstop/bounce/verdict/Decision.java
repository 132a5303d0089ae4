package dev.backstop.bounce.verdict;

import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Finding;
import java.util.List;

/**
 * A verdict with the evidence it rests on.
 *
 * @param verdict what the message is to us
 * @param evidence each proof's finding as it counted here
 * @param wouldRefuse whether a domain in mode {@link Mode#ENFORCE} refuses this message
 */
public record Decision(Verdict verdict, List<Evidence> evidence, boolean wouldRefuse) {

  /**
   * Decides about one message. One proof that we sent the answered mail outweighs every contrary
   * finding, because a genuine answer must never be lost; without proof either way, and with proofs
   * that failed, it is {@link Verdict#UNPROVEN}.
   *
   * <p>In mode {@link Mode#OBSERVE} a contrary finding does not count yet: nobody has said that all
   * mail of the domain passes here.
   *
   * @param automatic whether the message is automatic, by its content or by its null sender
   * @param evidence as it counts for a domain that enforces
   */
  public static Decision decide(boolean automatic, List<Evidence> evidence, Mode mode) {
    if (!automatic) {
      return new Decision(Verdict.ORDINARY, List.of(), false);
    }
    boolean wouldRefuse = weigh(evidence) == Verdict.BACKSCATTER;
    List<Evidence> counted =
        switch (mode) {
          case ENFORCE -> evidence;
          case OBSERVE -> evidence.stream().map(Decision::notYetContrary).toList();
        };
    return new Decision(weigh(counted), counted, wouldRefuse);
  }

  private static Verdict weigh(List<Evidence> evidence) {
    if (any(evidence, Finding.PROVEN)) {
      return Verdict.GENUINE;
    }
    return any(evidence, Finding.DISPROVEN) ? Verdict.BACKSCATTER : Verdict.UNPROVEN;
  }

  private static boolean any(List<Evidence> evidence, Finding finding) {
    return evidence.stream().anyMatch(piece -> piece.finding() == finding);
  }

  private static Evidence notYetContrary(Evidence piece) {
    return piece.finding() == Finding.DISPROVEN
        ? new Evidence(piece.proof(), Finding.NONE, piece.detail())
        : piece;
  }

  /** One plain sentence for a person. */
  public String explanation() {
    return switch (verdict) {
      case ORDINARY -> "Not an automatic answer.";
      case GENUINE -> "It answers mail that we sent: " + first(Finding.PROVEN) + ".";
      case BACKSCATTER ->
          "It answers mail that we did not send; somebody forged our address: "
              + first(Finding.DISPROVEN)
              + ".";
      case UNPROVEN ->
          evidence.isEmpty()
              ? "It is automatic, and nothing in it says which message it answers."
              : "Nothing proves whether we sent the mail it answers: "
                  + evidence.getFirst().detail()
                  + ".";
    };
  }

  private String first(Finding finding) {
    return evidence.stream()
        .filter(piece -> piece.finding() == finding)
        .findFirst()
        .map(Evidence::detail)
        .orElse("no reason recorded");
  }
}
