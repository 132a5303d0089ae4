package dev.backstop.server.keys;

import dev.backstop.bounce.tag.TagKey;
import dev.backstop.bounce.tag.TagKeys;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All secrets of one installation; every node of a cluster has the same. Immutable.
 *
 * @param tags the ring that signs envelope senders
 * @param journal the key under which journal rows are hashed; it never rotates, because rows hashed
 *     with another key are lost
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString below mind the array
public record Keys(TagKeys tags, byte[] journal) {
  /** Octets of a secret that we make: the width of SHA-256. */
  public static final int SECRET_OCTETS = 32;

  public Keys {
    if (journal.length < 16) {
      throw new IllegalArgumentException("the journal key has fewer than 16 octets");
    }
    journal = journal.clone();
  }

  /** New random keys; number 0 signs. */
  public static Keys generate(SecureRandom random, Instant now) {
    var first = new TagKey(0, secret(random), now, null);
    return new Keys(new TagKeys(List.of(first)), secret(random));
  }

  public static byte[] secret(SecureRandom random) {
    byte[] secret = new byte[SECRET_OCTETS];
    random.nextBytes(secret);
    return secret;
  }

  public Keys withTags(TagKeys other) {
    return new Keys(other, journal);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Keys keys
        && tags.equals(keys.tags)
        && Arrays.equals(journal, keys.journal);
  }

  @Override
  public int hashCode() {
    return Objects.hash(tags, Arrays.hashCode(journal));
  }

  /** Without any secret. */
  @Override
  public String toString() {
    return "Keys[" + tags.keys() + "]";
  }
}
