package dev.backstop.cli.check.result;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a recipient's trouble goes away by itself. */
public enum Lasting {
  PERMANENT,
  TEMPORARY,
  UNKNOWN;

  /** From the three values of {@code permanent}. */
  public static Lasting of(@Nullable Boolean permanent) {
    if (permanent == null) {
      return UNKNOWN;
    }
    return permanent ? PERMANENT : TEMPORARY;
  }

  /** As printed: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
