package dev.backstop.bounce.verdict;

import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Finding;
import dev.backstop.bounce.proof.Strength;
import java.util.List;
import java.util.Optional;

/**
 * A verdict with the evidence it rests on.
 *
 * @param verdict what the message is to us
 * @param evidence each proof's finding as it counted here
 * @param enforced the verdict that a domain in mode {@link Mode#ENFORCE} reaches: the same as
 *     {@code verdict} in that mode
 * @param suspicious whether it looks false where that domain calls it unproven: several findings
 *     against it, nothing at all for it, and no proof failed
 */
public record Decision(
    Verdict verdict, List<Evidence> evidence, Verdict enforced, boolean suspicious) {

  /**
   * Findings against an unproven message that make it suspicious. One happens to honest mail daily.
   */
  private static final int SUSPICIOUS = 2;

  public Decision {
    evidence = List.copyOf(evidence);
  }

  /**
   * Decides about one message. {@code docs/verdicts.md} shows the whole table.
   *
   * <p>A conclusive proof that we sent the answered mail outweighs everything, because a genuine
   * answer must never be lost. A conclusive finding against it counts only when nothing substantial
   * speaks for it and no proof that could have spoken for it has failed. All else is {@link
   * Verdict#UNPROVEN}: what is missing or failed can only lead there.
   *
   * <p>In mode {@link Mode#OBSERVE} a contrary finding does not count yet: nobody has said that all
   * mail of the domain passes here.
   *
   * @param automatic whether the message is automatic, by its content or by its null sender
   * @param evidence as it counts for a domain that enforces
   */
  public static Decision decide(boolean automatic, List<Evidence> evidence, Mode mode) {
    if (!automatic) {
      return new Decision(Verdict.ORDINARY, List.of(), Verdict.ORDINARY, false);
    }
    Verdict enforced = weigh(evidence);
    boolean suspicious = enforced == Verdict.UNPROVEN && isDoubtful(evidence);
    return switch (mode) {
      case ENFORCE -> new Decision(enforced, evidence, enforced, suspicious);
      case OBSERVE -> {
        List<Evidence> counted = evidence.stream().map(Decision::notYetContrary).toList();
        yield new Decision(weigh(counted), counted, enforced, suspicious);
      }
    };
  }

  private static Verdict weigh(List<Evidence> evidence) {
    if (has(evidence, Finding.PROVEN, Strength.CONCLUSIVE)) {
      return Verdict.GENUINE;
    }
    boolean mayBeOurs =
        has(evidence, Finding.PROVEN, Strength.SUBSTANTIAL)
            || has(evidence, Finding.ERROR, Strength.CONCLUSIVE);
    return has(evidence, Finding.DISPROVEN, Strength.CONCLUSIVE) && !mayBeOurs
        ? Verdict.BACKSCATTER
        : Verdict.UNPROVEN;
  }

  private static boolean isDoubtful(List<Evidence> evidence) {
    return count(evidence, Finding.DISPROVEN) >= SUSPICIOUS
        && count(evidence, Finding.PROVEN) == 0
        && count(evidence, Finding.ERROR) == 0;
  }

  private static long count(List<Evidence> evidence, Finding finding) {
    return evidence.stream().filter(piece -> piece.finding() == finding).count();
  }

  private static boolean has(List<Evidence> evidence, Finding finding, Strength strength) {
    return evidence.stream()
        .anyMatch(piece -> piece.finding() == finding && piece.strength() == strength);
  }

  private static Evidence notYetContrary(Evidence piece) {
    return piece.finding() == Finding.DISPROVEN && piece.strength() == Strength.CONCLUSIVE
        ? Evidence.none(piece.proof(), piece.detail())
        : piece;
  }

  /** Whether a domain in mode {@link Mode#ENFORCE} calls this message {@code backscatter}. */
  public boolean wouldRefuse() {
    return enforced == Verdict.BACKSCATTER;
  }

  /** One plain sentence for a person. */
  public String explanation() {
    return switch (verdict) {
      case ORDINARY -> "Not an automatic answer.";
      case GENUINE -> "It answers mail that we sent: " + decisive(Finding.PROVEN) + ".";
      case BACKSCATTER ->
          "It answers mail that we did not send; somebody forged our address: "
              + decisive(Finding.DISPROVEN)
              + ".";
      case UNPROVEN -> unproven();
    };
  }

  private String unproven() {
    if (evidence.isEmpty()) {
      return "It is automatic, and nothing in it says which message it answers.";
    }
    return first(Finding.PROVEN)
        .map(hint -> "It may answer mail that we sent, but that is not proved: " + hint + ".")
        .or(() ->
            first(Finding.ERROR)
                .map(failed -> "Whether we sent the mail it answers is not known: " + failed + "."))
        .or(() ->
            suspicious
                ? first(Finding.DISPROVEN)
                    .map(doubt -> "It hardly answers mail that we sent: " + doubt + ".")
                : Optional.empty())
        .orElseGet(() ->
            "Nothing proves whether we sent the mail it answers: "
                + evidence.getFirst().detail()
                + ".");
  }

  private String decisive(Finding finding) {
    return evidence.stream()
        .filter(piece -> piece.finding() == finding)
        .filter(piece -> piece.strength() == Strength.CONCLUSIVE)
        .findFirst()
        .map(Evidence::detail)
        .orElseThrow(); // weigh() found one
  }

  private Optional<String> first(Finding finding) {
    return evidence.stream()
        .filter(piece -> piece.finding() == finding)
        .findFirst()
        .map(Evidence::detail);
  }
}
