package dev.backstop.store;

/**
 * What the checks of a sender found, in the words of RFC 8601 §2.7: {@code pass}, {@code fail},
 * {@code none}, {@code temperror} and so on; at most 16 characters are kept.
 *
 * @param spf of the reverse-path
 * @param dkim {@code pass} when a signature of the author's own domain verified; otherwise the best
 *     result of any signature that is not {@code pass}
 * @param dmarc of the author's domain
 */
public record SenderProof(String spf, String dkim, String dmarc) {
  private static final int MOST = 16;

  public SenderProof {
    spf = cut(spf);
    dkim = cut(dkim);
    dmarc = cut(dmarc);
  }

  private static String cut(String word) {
    return word.length() <= MOST ? word : word.substring(0, MOST);
  }
}
