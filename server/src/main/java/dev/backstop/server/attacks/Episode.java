package dev.backstop.server.attacks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attack, as known at one moment.
 *
 * @param id time of the alarm and a number, {@code 20260301-120019-1}
 * @param name the address or the domain, in lower case
 * @param began about the first message of the burst; a little before the alarm
 * @param lastSeen the last message
 * @param ended when it was called over; {@code null} while it lasts
 * @param messages automatic messages that belong to it. Those before the alarm are in this number
 *     only, not in the lists
 * @param refused how many of them were refused before any data
 * @param peak most in one minute
 * @param usual most in an hour that this address or domain was used to when the alarm was raised
 * @param reporters the hosts that handed the messages to us: address, and a name that it gave
 * @param sources the hosts that handed the spam to the reporting sides, by returned Received fields
 * @param networks the same as /24 and /48 networks
 * @param subjects of the spam
 * @param samples some messages, spread over the attack
 */
public record Episode(
    String id,
    Scope scope,
    String name,
    Instant began,
    Instant lastSeen,
    @Nullable Instant ended,
    long messages,
    long refused,
    long peak,
    long usual,
    List<Count> reporters,
    List<Count> sources,
    List<Count> networks,
    List<Count> subjects,
    List<Sample> samples) {

  /** Entries of each list, at most. */
  public static final int MOST_LISTED = 10;

  public Episode {
    reporters = List.copyOf(reporters);
    sources = List.copyOf(sources);
    networks = List.copyOf(networks);
    subjects = List.copyOf(subjects);
    samples = List.copyOf(samples);
  }

  /**
   * How often something was seen.
   *
   * @param name of a host, when it gave one
   * @param messages at least so many; exact unless there were more different values than are
   *     counted
   */
  public record Count(String value, @Nullable String name, long messages) {}

  /** What was known of one message. */
  public record Sample(
      Instant at,
      @Nullable String peer,
      @Nullable String reporter,
      @Nullable String source,
      @Nullable String subject,
      @Nullable String messageId) {}

  public boolean isRunning() {
    return ended == null;
  }

  Episode endedAt(Instant end) {
    return new Episode(
        id, scope, name, began, lastSeen, end, messages, refused, peak, usual, reporters, sources,
        networks, subjects, samples);
  }
}
