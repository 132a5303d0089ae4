package dev.backstop.auth.dmarc;

/** What stands at {@code _dmarc} of one domain. */
public sealed interface RecordLookup {

  /**
   * Exactly one DMARC record.
   *
   * @param text as published, one character for each octet; not checked
   */
  record One(String text, DmarcParser.Parsed parsed) implements RecordLookup {
    /** RFC 9989 §4.10 steps 2 and 6: {@code psd=n} and {@code psd=y} end a walk. */
    boolean endsWalk() {
      return parsed.record().publicSuffix() != PublicSuffix.UNKNOWN;
    }
  }

  /**
   * No DMARC record.
   *
   * @param nameExists true when the name servers know the name {@code _dmarc} there, without such a
   *     record, and so the domain too
   */
  record Absent(boolean nameExists) implements RecordLookup {}

  /** Two or more DMARC records: they are all discarded (RFC 9989 §4.10). */
  record Several() implements RecordLookup {}

  /**
   * The name servers did not say.
   *
   * @param reason a few words for the log
   */
  record Unanswered(String reason) implements RecordLookup {}
}
