package dev.backstop.auth.spf;

import org.jspecify.annotations.Nullable;

/** What a macro stands for (RFC 7208 §7.2). */
public enum MacroLetter {
  SENDER('s'),
  LOCAL_PART('l'),
  SENDER_DOMAIN('o'),
  DOMAIN('d'),
  CLIENT('i'),
  /** The client's name, checked both ways (slow, should not be used). */
  CLIENT_NAME('p'),
  /** {@code in-addr} or {@code ip6}. */
  REVERSE_ZONE('v'),
  HELO('h'),
  /** The client for people to read; in explanations only. */
  READABLE_CLIENT('c'),
  /** The host that checks; in explanations only. */
  RECEIVER('r'),
  /** Seconds since 1970; in explanations only. */
  TIME('t');

  private final char letter;

  MacroLetter(char letter) {
    this.letter = letter;
  }

  /** Lower case. */
  public char letter() {
    return letter;
  }

  /** Whether it may stand only in the text of an explanation (RFC 7208 §7.2). */
  public boolean isForExplanations() {
    return switch (this) {
      case READABLE_CLIENT, RECEIVER, TIME -> true;
      case SENDER, LOCAL_PART, SENDER_DOMAIN, DOMAIN, CLIENT, CLIENT_NAME, REVERSE_ZONE, HELO ->
          false;
    };
  }

  /** In either case; {@code null} for every other character. */
  static @Nullable MacroLetter of(char c) {
    for (MacroLetter macro : values()) {
      if (macro.letter == c || Character.toUpperCase(macro.letter) == c) {
        return macro;
      }
    }
    return null;
  }
}
