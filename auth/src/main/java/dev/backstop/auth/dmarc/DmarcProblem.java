package dev.backstop.auth.dmarc;

/**
 * Something in a record that its owner should know of.
 *
 * @param tag its name, in lower case; empty when there is none
 * @param text what is wrong and what it does, for people; printable ASCII, short
 */
public record DmarcProblem(Kind kind, String tag, String text) {
  private static final int MAX_QUOTED = 60;

  /** How a problem is counted and coloured. */
  public enum Kind {
    /** Not a tag of RFC 9989; ignored. */
    UNKNOWN_TAG,
    /** A tag of RFC 7489 that is ignored now: {@code pct}, {@code rf}, {@code ri}. */
    RETIRED_TAG,
    /** No {@code name=value}; ignored. */
    BROKEN_TAG,
    /** The same tag again; the first counts. */
    REPEATED_TAG,
    /** A value that the tag does not have; the default counts. */
    BAD_VALUE,
    /** A report address that nobody can use; left out. */
    BAD_URI,
    /** A size behind a report address, which is obsolete and ignored. */
    OBSOLETE_SIZE,
    /** A tag that does nothing without another. */
    NO_EFFECT,
    /** The policy cannot be used; {@code none}, or no DMARC at all, takes its place. */
    POLICY_REPLACED,
    /** More of something than is read. */
    TOO_MANY
  }

  /** What a stranger wrote, fit to be shown. */
  static String quoted(String text) {
    var shown = new StringBuilder("\"");
    for (int i = 0; i < Math.min(text.length(), MAX_QUOTED); i++) {
      char c = text.charAt(i);
      shown.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return shown.append(text.length() > MAX_QUOTED ? "...\"" : "\"").toString();
  }

  @Override
  public String toString() {
    return tag.isEmpty() ? text : tag + ": " + text;
  }
}
