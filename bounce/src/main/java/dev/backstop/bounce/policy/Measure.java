package dev.backstop.bounce.policy;

import java.util.Locale;

/** What is done with a message, the mildest first. */
public enum Measure {
  /** It is delivered; its header says what it is. */
  PASS,
  /** It is delivered, and its header says so in a way that mail filters can sort it by. */
  MARK,
  /** The mail server keeps it in its own hold queue, until a person releases or deletes it. */
  QUARANTINE,
  /** It is refused in the session: whoever sent it keeps it and is told why. */
  REFUSE;

  /**
   * The milder of the two: one message has one fate, and nobody's answer must be lost for others.
   */
  public Measure orMilder(Measure other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public Measure orStricter(Measure other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** As written in the configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
