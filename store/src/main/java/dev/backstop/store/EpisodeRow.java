package dev.backstop.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attack as it is kept. Like events it has addresses in clear, and expires with them. Times are
 * kept to the millisecond.
 *
 * @param id at most 64 characters, the caller's
 * @param scope {@code address} or {@code domain}
 * @param name the address or the domain, cut to 512 characters
 * @param ended {@code null} while it lasts
 * @param details a JSON object; replaced by an empty one when longer than {@value #MOST_DETAILS}
 */
public record EpisodeRow(
    String id,
    String scope,
    String name,
    Instant began,
    Instant lastSeen,
    @Nullable Instant ended,
    long messages,
    String details) {
  static final int MOST_DETAILS = 512 * 1024;

  public EpisodeRow {
    if (id.isEmpty() || id.length() > 64) {
      throw new IllegalArgumentException("an id has 1 to 64 characters");
    }
    name = name.length() <= 512 ? name : name.substring(0, 512);
    details = details.length() <= MOST_DETAILS ? details : "{}";
  }
}
