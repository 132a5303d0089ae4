package dev.backstop.bounce.proof;

import dev.backstop.bounce.tag.TagCheck;

/**
 * What the tag of the recipient proves about a message with the null sender.
 *
 * <p>It proves that we wrote, at most {@value dev.backstop.bounce.tag.Tagger#LIFETIME_DAYS} days
 * ago, to somebody who now answers. A missing or wrong tag counts against the message only because
 * the domain's owner says (mode {@code enforce}) that all its mail leaves with one.
 */
public final class TagProof {
  private TagProof() {}

  /** The finding for one recipient, as it counts where the domain enforces its tags. */
  public static Evidence of(TagCheck check) {
    return switch (check) {
      case TagCheck.Valid valid ->
          Evidence.proven(
              Proof.BATV,
              "the address carries our tag, valid for " + days(valid.daysLeft()) + " more");
      case TagCheck.Expired _ ->
          Evidence.disproven(Proof.BATV, "the tag in the address was ours but has expired");
      case TagCheck.Invalid invalid ->
          Evidence.disproven(Proof.BATV, "the tag in the address is not ours: " + invalid.reason());
      case TagCheck.Missing missing ->
          Evidence.disproven(
              Proof.BATV,
              "the address carries no tag, and all mail of "
                  + missing.plain().domain()
                  + " leaves with one");
      case TagCheck.Foreign foreign ->
          Evidence.none(
              Proof.BATV,
              "the tag in the address is of another product (" + foreign.dialect() + ")");
    };
  }

  private static String days(int count) {
    return count == 1 ? "1 day" : count + " days";
  }
}
