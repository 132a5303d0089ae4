package dev.backstop.server.readiness;

import dev.backstop.bounce.tag.Tagger;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.store.Outlook;
import dev.backstop.store.Store;
import dev.backstop.store.StoreException;
import dev.backstop.store.Stream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a domain can enforce: its tags have covered everything for as long as they count, and
 * nothing in that time shows mail of it that left without.
 *
 * @param domain ours
 * @param covered since when everything that passes here is tagged and written down; {@code null}
 *     when that is not so now
 * @param obstacles what stands in the way; empty when it is safe
 * @param safeSince since when it has been safe; {@code null} when it is not
 * @param streams where mail of the domain was seen to come from lately
 * @param outlook what became of its automatic mail lately, and what enforcing makes of it
 */
public record Readiness(
    String domain,
    @Nullable Instant covered,
    List<Obstacle> obstacles,
    @Nullable Instant safeSince,
    List<Stream> streams,
    List<Outlook> outlook) {

  /** How long everything must have been covered: so long answers come to untagged mail. */
  public static final Duration LIFETIME = Duration.ofDays(Tagger.LIFETIME_DAYS);

  /** One message may be a test or an accident. */
  static final int MESSAGES = 3;

  public Readiness {
    obstacles = List.copyOf(obstacles);
    streams = List.copyOf(streams);
    outlook = List.copyOf(outlook);
  }

  /** Whether it is safe now. */
  public boolean isSafe() {
    return obstacles.isEmpty();
  }

  /**
   * Looks at what the store knows.
   *
   * @throws StoreException when it cannot tell
   */
  public static Readiness of(Store store, String domain, Instant now) throws StoreException {
    Instant lately = now.minus(LIFETIME);
    return of(
        domain,
        store.journal().completeSince(domain),
        store.streams().of(domain, lately),
        store.events().outlook(domain, lately),
        now);
  }

  /** The conclusion; a pure function. */
  static Readiness of(
      String domain,
      Optional<Instant> covered,
      List<Stream> streams,
      List<Outlook> outlook,
      Instant now) {
    List<Obstacle> obstacles = new ArrayList<>();
    coverage(covered, now).ifPresent(obstacles::add);
    if (streams.stream().noneMatch(stream -> is(stream, Kind.THROUGH_US))) {
      obstacles.add(
          new Obstacle(
              "nothing-sent",
              "No mail of " + domain + " has left through Backstop in the last week.",
              "Connect the mail server's outgoing side, too; a domain that never sends is better"
                  + " told so: never-sends = true.",
              Instant.MAX));
    }
    streams.stream().flatMap(stream -> obstacle(stream).stream()).forEach(obstacles::add);
    Instant safeSince =
        obstacles.isEmpty() ? covered.map(since -> since.plus(LIFETIME)).orElse(null) : null;
    return new Readiness(domain, covered.orElse(null), obstacles, safeSince, streams, outlook);
  }

  private static boolean is(Stream stream, Kind kind) {
    return stream.kind().equals(kind.toString());
  }

  private static Optional<Obstacle> coverage(Optional<Instant> covered, Instant now) {
    if (covered.isEmpty()) {
      return Optional.of(
          new Obstacle(
              "not-covered",
              "Mail may be leaving unrecorded just now, or none was ever recorded.",
              "See that the server runs, that its store can be written (/health/ready), and that"
                  + " the domain stands in `domains`.",
              Instant.MAX));
    }
    Instant end = covered.get().plus(LIFETIME);
    return end.isAfter(now)
        ? Optional.of(
            new Obstacle(
                "covered-too-short",
                "Tags and journal have covered everything only since "
                    + time(covered.get())
                    + ": mail from before may still be answered.",
                "Wait. Each restart begins anew, unless the mail server defers our mail meanwhile"
                    + " and `journal.pause-tolerated` says so.",
                end))
        : Optional.empty();
  }

  private static Optional<Obstacle> obstacle(Stream stream) {
    Optional<Kind> kind = Kind.parse(stream.kind()).filter(Kind::isObstacle);
    if (kind.isEmpty() || stream.messages() < MESSAGES) {
      return Optional.empty();
    }
    String seen =
        stream.messages()
            + " messages, the last on "
            + time(stream.last())
            + " ("
            + stream.example();
    return Optional.of(
        switch (kind.get()) {
          case FROM_OUTSIDE ->
              obstacle(
                  stream,
                  "Mail of the domain comes from "
                      + stream.source()
                      + " without passing here, and SPF or DKIM proves that it may: "
                      + seen
                      + ").",
                  "Send it through this mail server, or give it a domain of its own.");
          case GENUINE_WITHOUT_TAG ->
              obstacle(
                  stream,
                  "Genuine answers came to addresses without a tag; the answered mail had come from "
                      + stream.source()
                      + ": "
                      + seen
                      + ").",
                  "Find out what sends there, and send it through this mail server.");
          case REFUSED_THOUGH_LIKELY ->
              obstacle(
                  stream,
                  "Enforcing would refuse answers to mail that came from "
                      + stream.source()
                      + ", which may send for the domain: "
                      + seen
                      + ").",
                  "Find out what sends there, and send it through this mail server; if nothing"
                      + " does, take it out of the SPF record.");
          case THROUGH_US, WITHOUT_TAG -> throw new IllegalStateException("no obstacle");
        });
  }

  private static Obstacle obstacle(Stream stream, String text, String mend) {
    return new Obstacle(stream.kind(), text, mend, stream.last().plus(LIFETIME));
  }

  /** How many messages enforcing would have refused lately. */
  public long wouldRefuse() {
    return outlook.stream()
        .filter(count -> count.enforced() == Verdict.BACKSCATTER)
        .mapToLong(Outlook::events)
        .sum();
  }

  private static String time(Instant at) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'")
        .withZone(ZoneOffset.UTC)
        .format(at);
  }
}
