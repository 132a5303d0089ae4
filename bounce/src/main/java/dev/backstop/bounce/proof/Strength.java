package dev.backstop.bounce.proof;

import java.util.Locale;

/** How much a finding says; of one that failed, how much it could have said. */
public enum Strength {
  /** Enough for a verdict by itself, unless a proof of the other side stands against it. */
  CONCLUSIVE,
  /**
   * Something of ours is in the message that a stranger does not have, but nothing binds it to this
   * answer: too little for {@code genuine}, too much for {@code backscatter}.
   */
  SUBSTANTIAL,
  /** Anybody could have written it, or it happens to honest mail too. Never decides alone. */
  SLIGHT;

  /** As printed: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
