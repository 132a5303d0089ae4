package dev.backstop.mail.header;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Charset names as strangers write them. */
public final class Charsets {
  private Charsets() {}

  /** {@code null} for names that this runtime does not know. */
  public static @Nullable Charset find(@Nullable String name) {
    if (name == null || name.isEmpty() || name.length() > 40) {
      return null;
    }
    try {
      Charset charset = Charset.forName(name);
      return charset.canEncode() ? charset : null; // "auto-detecting" charsets are not for reading
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
