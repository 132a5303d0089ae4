package dev.backstop.bounce.tag;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A secret that signs tags.
 *
 * @param number 0 to 9, the K of its tags
 * @param secret any length but empty; 32 random octets when made by us
 * @param created when it was made or imported
 * @param retired since when it signs no more; {@code null} for the one that signs
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString below mind the array
public record TagKey(int number, byte[] secret, Instant created, @Nullable Instant retired) {
  public TagKey {
    if (number < 0 || number > 9) {
      throw new IllegalArgumentException("key number " + number + " is not 0 to 9");
    }
    if (secret.length == 0) {
      throw new IllegalArgumentException("empty secret");
    }
    secret = secret.clone();
  }

  public TagKey retiredAt(Instant when) {
    return new TagKey(number, secret, created, when);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TagKey key
        && number == key.number
        && Arrays.equals(secret, key.secret)
        && created.equals(key.created)
        && Objects.equals(retired, key.retired);
  }

  @Override
  public int hashCode() {
    return Objects.hash(number, created, retired);
  }

  /** Without the secret, so that no log shows it. */
  @Override
  public String toString() {
    return "TagKey[" + number + (retired == null ? "" : ", retired " + retired) + "]";
  }
}
