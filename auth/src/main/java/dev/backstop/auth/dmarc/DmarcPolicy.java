package dev.backstop.auth.dmarc;

import java.util.Optional;

/** What a domain's owner wants done with mail that fails (RFC 9989 §4.7), mildest first. */
public enum DmarcPolicy {
  NONE("none"),
  QUARANTINE("quarantine"),
  REJECT("reject");

  private final String text;

  DmarcPolicy(String text) {
    this.text = text;
  }

  /** As in records and in {@code policy.dmarc}. */
  public String text() {
    return text;
  }

  /** Without regard to case, as the grammar has it (RFC 9989 §4.8). */
  static Optional<DmarcPolicy> parse(String text) {
    for (DmarcPolicy policy : values()) {
      if (policy.text.equalsIgnoreCase(text)) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }

  /** What {@code t=y} makes of it (RFC 9989 §4.7): one level below. */
  DmarcPolicy oneLower() {
    return switch (this) {
      case REJECT -> QUARANTINE;
      case QUARANTINE, NONE -> NONE;
    };
  }
}
