package dev.backstop.bounce.tag;

import org.jspecify.annotations.Nullable;

/**
 * The ten characters {@code KDDDSSSSSS} of a tag, apart from the address they stand in.
 *
 * @param keyNumber K, 0 to 9: which key signed
 * @param expiryDay DDD, 0 to 999: the day, counted from 1970-01-01 UTC modulo 1000, after which the
 *     tag is stale
 * @param signature SSSSSS, six hexadecimal digits in the case in which they came
 */
public record Tag(int keyNumber, int expiryDay, String signature) {
  static final int LENGTH = 10;

  /**
   * Reads ten characters, or returns {@code null} when they are not a tag: another dialect, or
   * somebody's real name.
   */
  static @Nullable Tag parse(String text) {
    if (text.length() != LENGTH) {
      return null;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      boolean hex = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      if (i < 4 ? !digit : !hex) {
        return null;
      }
    }
    return new Tag(text.charAt(0) - '0', Integer.parseInt(text.substring(1, 4)), text.substring(4));
  }

  /**
   * Days from {@code today} until the expiry day, 0 to 999; a stale tag shows as a large number
   * because days are modulo 1000.
   */
  int daysLeft(long today) {
    return (int) Math.floorMod(expiryDay - today, 1000L);
  }

  @Override
  public String toString() {
    return Integer.toString(10_000 + keyNumber * 1_000 + expiryDay).substring(1) + signature;
  }
}
