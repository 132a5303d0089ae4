package dev.backstop.server.attacks;

import dev.backstop.mail.address.IpLiteral;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attack while it lasts. Bounded: four lists of counts and ten samples. Not safe for threads.
 */
final class RunningEpisode {
  /** So many minutes with little mail, and it is over. */
  static final int QUIET_MINUTES = 30;

  private static final int MOST_SAMPLES = 10;

  private final String id;
  private final Scope scope;
  private final String name;
  private final long usual;
  private final TopCounts reporters = new TopCounts();
  private final TopCounts sources = new TopCounts();
  private final TopCounts networks = new TopCounts();
  private final TopCounts subjects = new TopCounts();
  private final List<Episode.Sample> samples = new ArrayList<>();
  private final int[] minutes = new int[QUIET_MINUTES];
  private final Instant began;
  private Instant lastSeen;
  private int minute;
  private long messages;
  private long refused;
  private long peak;
  private float calm;

  private RunningEpisode(
      String id, Scope scope, String name, Instant began, Instant lastSeen, long usual, int now) {
    this.id = id;
    this.scope = scope;
    this.name = name;
    this.began = began;
    this.lastSeen = lastSeen;
    this.usual = usual;
    this.minute = now / 60;
  }

  /** It begins; the message at hand is counted afterwards. */
  static RunningEpisode begin(
      String id, Scope scope, String name, Instant at, int now, Load load, int least) {
    Instant began = at.minusSeconds(now - load.since());
    var episode = new RunningEpisode(id, scope, name, began, at, Math.round(load.usualHour), now);
    episode.messages = Math.max(0, load.run() - 1);
    episode.peak = now - load.since() < 60 ? episode.messages : 0;
    episode.minutes[episode.minute % QUIET_MINUTES] = (int) episode.messages;
    episode.calm = load.calm(least);
    return episode;
  }

  /**
   * It goes on after a restart.
   *
   * @param age seconds since its last message
   */
  static RunningEpisode resume(Episode stored, int now, int age, int least) {
    var episode =
        new RunningEpisode(
            stored.id(),
            stored.scope(),
            stored.name(),
            stored.began(),
            stored.lastSeen(),
            stored.usual(),
            now);
    episode.messages = stored.messages();
    episode.refused = stored.refused();
    episode.peak = stored.peak();
    episode.reporters.restore(stored.reporters());
    episode.sources.restore(stored.sources());
    episode.networks.restore(stored.networks());
    episode.subjects.restore(stored.subjects());
    stored.samples().stream().limit(MOST_SAMPLES).forEach(episode.samples::add);
    episode.calm = least / 4f;
    // How it was spread over the last minutes is not known: one full quiet time must pass.
    int last = Math.floorMod(episode.minute - age / 60, QUIET_MINUTES);
    episode.minutes[last] = Math.round(episode.calm) + 1;
    return episode;
  }

  void count(Sighting sighting, int now, float nowCalm) {
    roll(now);
    int place = minute % QUIET_MINUTES;
    minutes[place]++;
    peak = Math.max(peak, minutes[place]);
    calm = nowCalm;
    messages++;
    refused += sighting.refusedAtRecipient() ? 1 : 0;
    lastSeen = sighting.at().isAfter(lastSeen) ? sighting.at() : lastSeen;
    describe(sighting);
  }

  private void describe(Sighting sighting) {
    String reporter = sighting.reporter();
    String source = sighting.source();
    String subject = sighting.subject();
    String peer = peer(sighting.peer());
    if (peer != null) {
      reporters.add(peer, reporter);
    }
    if (source != null) {
      sources.add(source, null);
      SourceNetwork.of(source).ifPresent(network -> networks.add(network, null));
    }
    if (subject != null) {
      subjects.add(subject, null);
    }
    if (samples.size() < MOST_SAMPLES && isTimeForSample()) {
      samples.add(
          new Episode.Sample(sighting.at(), peer, reporter, source, subject, sighting.messageId()));
    }
  }

  /** The first five, then one at each tenfold: early ones and late ones. */
  private boolean isTimeForSample() {
    return samples.size() < 5 || messages >= Math.pow(10, samples.size() - 3);
  }

  private static @Nullable String peer(@Nullable InetAddress peer) {
    return peer == null ? null : IpLiteral.render(peer);
  }

  private void roll(int now) {
    int current = now / 60;
    if (current - minute >= QUIET_MINUTES) {
      Arrays.fill(minutes, 0);
      minute = current;
    }
    while (minute < current) {
      minute++;
      minutes[minute % QUIET_MINUTES] = 0;
    }
  }

  boolean isOver(int now) {
    roll(now);
    return Arrays.stream(minutes).sum() <= calm;
  }

  Scope scope() {
    return scope;
  }

  String name() {
    return name;
  }

  Episode snapshot() {
    return new Episode(
        id,
        scope,
        name,
        began,
        lastSeen,
        null,
        messages,
        refused,
        peak,
        usual,
        reporters.top(),
        sources.top(),
        networks.top(),
        subjects.top(),
        samples);
  }
}
