package dev.backstop.auth.doctor.finding;

/** How bad a finding is, the mildest first: what is known to be wrong outweighs what is unknown. */
public enum Severity {
  OK("ok"),
  /** Good to know; nothing has to be done. */
  NOTE("note"),
  /** A name server did not say. Never held against the domain. */
  CANNOT_TELL("cannot-tell"),
  /** Works, but not as it should, or not for all. */
  WARNING("warning"),
  /** Mail is lost, refused or can be forged because of it. */
  PROBLEM("problem");

  private final String text;

  Severity(String text) {
    this.text = text;
  }

  /** Its name for programs; never changes. */
  public String text() {
    return text;
  }
}
