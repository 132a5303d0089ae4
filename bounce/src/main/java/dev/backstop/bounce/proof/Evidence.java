package dev.backstop.bounce.proof;

/**
 * One proof's finding, with the reason in words.
 *
 * @param proof name of the proof: {@code batv}, {@code journal}
 * @param finding what it found
 * @param detail plain words that may stand in a header of the delivered message: no secret, and no
 *     address but those that the message itself names
 */
public record Evidence(String proof, Finding finding, String detail) {
  public static final String BATV = "batv";
  public static final String JOURNAL = "journal";

  public static Evidence batv(Finding finding, String detail) {
    return new Evidence(BATV, finding, detail);
  }

  public static Evidence journal(Finding finding, String detail) {
    return new Evidence(JOURNAL, finding, detail);
  }
}
