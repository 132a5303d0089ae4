package dev.backstop.bounce.proof;

/**
 * One proof's finding, with the reason in words.
 *
 * @param strength how much the finding says; of {@link Finding#NONE} it says nothing
 * @param detail plain words that may stand in a header of the delivered message: no secret, and no
 *     address but those that the message itself names
 */
public record Evidence(Proof proof, Finding finding, Strength strength, String detail) {

  /** We sent it, and this alone is enough to know. */
  public static Evidence proven(Proof proof, String detail) {
    return new Evidence(proof, Finding.PROVEN, Strength.CONCLUSIVE, detail);
  }

  /** Something of ours is in it, which nothing binds to this answer. */
  public static Evidence likely(Proof proof, String detail) {
    return new Evidence(proof, Finding.PROVEN, Strength.SUBSTANTIAL, detail);
  }

  /** It looks like ours, as anybody could make it look. */
  public static Evidence hint(Proof proof, String detail) {
    return new Evidence(proof, Finding.PROVEN, Strength.SLIGHT, detail);
  }

  /** We did not send it, and this alone is enough to know. */
  public static Evidence disproven(Proof proof, String detail) {
    return new Evidence(proof, Finding.DISPROVEN, Strength.CONCLUSIVE, detail);
  }

  /** It does not look like ours; honest mail can look so too. */
  public static Evidence doubt(Proof proof, String detail) {
    return new Evidence(proof, Finding.DISPROVEN, Strength.SLIGHT, detail);
  }

  /** This proof cannot tell. */
  public static Evidence none(Proof proof, String detail) {
    return new Evidence(proof, Finding.NONE, Strength.SLIGHT, detail);
  }

  /**
   * It could have told, but something failed.
   *
   * @param strength of what it could have said
   */
  public static Evidence error(Proof proof, Strength strength, String detail) {
    return new Evidence(proof, Finding.ERROR, strength, detail);
  }
}
