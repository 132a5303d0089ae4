package dev.backstop.bounce.tag;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The ring of at most ten keys: one signs, the retired ones verify until the last tag they made has
 * expired. Immutable.
 *
 * @param keys in the order of their numbers, exactly one of them not retired
 */
public record TagKeys(List<TagKey> keys) {
  public TagKeys {
    keys = keys.stream().sorted(Comparator.comparingInt(TagKey::number)).toList();
    if (keys.stream().filter(key -> key.retired() == null).count() != 1) {
      throw new IllegalArgumentException("exactly one key must sign");
    }
    if (keys.stream().map(TagKey::number).distinct().count() != keys.size()) {
      throw new IllegalArgumentException("two keys have the same number");
    }
  }

  public TagKey signing() {
    return keys.stream().filter(key -> key.retired() == null).findFirst().orElseThrow();
  }

  public Optional<TagKey> numbered(int number) {
    return keys.stream().filter(key -> key.number() == number).findFirst();
  }

  /**
   * Whether tags of that key still count: a retired one has an end, one day later than its last tag
   * for clocks that differ.
   */
  public static boolean verifies(TagKey key, Instant now) {
    Instant retired = key.retired();
    return retired == null
        || now.isBefore(retired.plus(Duration.ofDays(Tagger.LIFETIME_DAYS + 1L)));
  }

  /**
   * The ring after a rotation: the next number that is free signs with a new secret, the present
   * key retires.
   *
   * @throws IllegalStateException when the slot of the next number still holds a key whose tags
   *     count
   */
  public TagKeys rotated(byte[] secret, Instant now) {
    int next =
        IntStream.rangeClosed(1, 9)
            .map(step -> (signing().number() + step) % 10)
            .filter(number -> numbered(number).filter(old -> verifies(old, now)).isEmpty())
            .findFirst()
            .orElseThrow(() ->
                new IllegalStateException(
                    "all other keys still verify tags that are on their way; wait until "
                        + firstEnd()));
    return with(new TagKey(next, secret, now, null), now);
  }

  /**
   * The ring with {@code added} in the place of its number. When it signs, the present signing key
   * retires.
   *
   * @throws IllegalArgumentException when no key would sign
   */
  public TagKeys with(TagKey added, Instant now) {
    Stream<TagKey> others =
        keys.stream()
            .filter(key -> key.number() != added.number())
            .map(
                key -> added.retired() == null && key.retired() == null ? key.retiredAt(now) : key);
    return new TagKeys(Stream.concat(others, Stream.of(added)).toList());
  }

  private Instant firstEnd() {
    return keys.stream()
        .map(TagKey::retired)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .map(retired -> retired.plus(Duration.ofDays(Tagger.LIFETIME_DAYS + 1L)))
        .orElse(Instant.MAX);
  }
}
