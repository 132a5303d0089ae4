package dev.backstop.bounce.policy;

import java.util.Locale;

/** When an answer without a valid tag may be refused at the earliest. */
public enum RefusalStage {
  /**
   * At RCPT, before any data, when no other proof could still save it: the address has sent no mail
   * for as long as tags count. Answers to all others are read first.
   */
  RECIPIENT,
  /** Only when the whole message has been read. */
  END;

  /** As written in the configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
