package dev.backstop.server.attacks;

import dev.backstop.mail.address.Mailbox;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells joe-jobs from the usual trickle of automatic mail. No input or output; time comes with each
 * call. Thread-safe: one lock, held for about two microseconds, and none for {@link #underAttack}.
 *
 * <h2>What is counted</h2>
 *
 * <p>Automatic mail that was not proved genuine, in two counters that fade: one over two minutes
 * (what a person calls a burst), one over an hour (a joe-job of one message a minute is one, too).
 * A counter that fades needs eight octets where a window of exact times needs a list, and it has no
 * edge at which a burst is cut in two. It is compared with the larger of a least number (20) and
 * three times what is usual. So a quiet address is called attacked at its 20th message when they
 * come at once, at its 24th when one comes a minute, and never below 20 an hour.
 *
 * <h2>What is usual</h2>
 *
 * <p>The most that the counters reached on one day, halved every thirty days, so that a monthly
 * mailing is remembered from one to the next. A calm day teaches at once. A day with an attack must
 * not: else the second wave would be usual because of the first. It teaches when a day like it
 * comes again, three days later at the earliest: mailings come back, and the waves of one joe-job
 * mostly come within three days. So the owner of a newsletter gives two alarms, and none after.
 *
 * <p>Mailings that leave through us give none at all: beside the unproven answers there are genuine
 * ones (bounces with our tag, replies that name what the journal knows), and a spammer cannot make
 * those. Each genuine answer of the last hour pays for three that are not proved.
 *
 * <h2>Domains</h2>
 *
 * <p>A spammer who invents a sender for each message attacks no address, but a domain. A message
 * counts for its domain only while its address has had no more than five in the last hour. So one
 * address, attacked or merely busy, never makes its domain look attacked, and a million addresses
 * once each do within 25 messages. A new installation does not know how much is usual for its
 * domains; in the first day a flow that has gone on for hours is taken for usual, since nobody saw
 * it begin.
 *
 * <h2>The end</h2>
 *
 * <p>Half an hour in which no more came than half the rate that raises an alarm. A pause shorter
 * than that is part of the attack. Afterwards the counters start at zero, or the fading rest of a
 * large attack would raise the next alarm.
 *
 * <h2>Memory</h2>
 *
 * <p>Fixed tables: {@value #ADDRESS_SETS} sets of 8 addresses, {@value #DOMAIN_SETS} of 8 domains,
 * some 6 MB together, and at most {@value #MOST_RUNNING} attacks at a time with their lists. Loads
 * are found by a keyed 64-bit hash; addresses as text are held for running attacks only. Exact
 * counters in a table that forgets, and no count-min sketch: a sketch errs upwards, and most when
 * it is flooded. It would call innocent addresses attacked in the very hour of a dictionary attack.
 * This table errs downwards: when it is full the load worth least is forgotten, and an invented
 * address is worth one message, while a busy or attacked one is worth its peak. In such a flood the
 * domain is under attack already.
 *
 * <h2>Time</h2>
 *
 * <p>See {@link SteadyTime}: a clock that is set back or ahead neither raises an alarm nor keeps
 * one from ending.
 */
public final class AttackDetector {
  static final int ADDRESS_SETS = 8192;
  static final int DOMAIN_SETS = 512;
  static final int MOST_RUNNING = 128;

  /** Messages to one address in an hour that count for its domain. */
  private static final float SPREAD = 5;

  private static final Duration QUIET = Duration.ofMinutes(RunningEpisode.QUIET_MINUTES);
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final AddressHash hash;
  private final LoadTable addresses = new LoadTable(ADDRESS_SETS);
  private final LoadTable domains = new LoadTable(DOMAIN_SETS);
  private final SteadyTime time = new SteadyTime();

  /** By address in lower case or domain; changed under the lock, read without it. */
  private final Map<String, RunningEpisode> running = new ConcurrentHashMap<>();

  private final LongAdder counted = new LongAdder();
  private final LongAdder notFollowed = new LongAdder();
  private int least;
  private int number;

  /**
   * One that knows nothing yet.
   *
   * @param key secret, of the hashes; the same after a restart, or what was usual is not found
   * @param least messages that make an attack on an address that is used to none, 10 or more; a
   *     quarter more for a domain
   */
  public AttackDetector(byte[] key, int least) {
    this.hash = new AddressHash(key);
    this.least = least;
  }

  /** From now on another least number. */
  public synchronized void least(int other) {
    least = other;
  }

  /**
   * Counts one automatic message that was not proved genuine.
   *
   * @return the attacks that began with it: none for nearly all
   */
  public synchronized List<Episode> observe(Sighting sighting) {
    int now = time.seconds(sighting.at());
    String address = name(sighting.recipient());
    Load load = addresses.get(hash.of(address), now);
    load.add(least);
    List<Episode> began = new ArrayList<>(0);
    boolean attacked = count(Scope.ADDRESS, address, sighting, load, now, began);
    if (!attacked && load.hour() <= SPREAD) {
      String domain = sighting.recipient().domain();
      Load all = domains.get(hash.of(domain), now);
      all.settle();
      all.add(leastOf(Scope.DOMAIN));
      attacked = count(Scope.DOMAIN, domain, sighting, all, now, began);
    }
    if (attacked) {
      counted.increment();
    }
    return began;
  }

  /** Whether the message belongs to an attack, perhaps to one that it begins. */
  private boolean count(
      Scope scope, String name, Sighting sighting, Load load, int now, List<Episode> began) {
    RunningEpisode episode = running.get(name);
    boolean begins = episode == null && load.isUnusual(leastOf(scope));
    if (begins) {
      episode = begin(scope, name, sighting.at(), load, now);
    }
    if (episode == null) {
      return false;
    }
    load.unusual();
    episode.count(sighting, now, load.calm(leastOf(scope)));
    if (begins) {
      began.add(episode.snapshot());
    }
    return true;
  }

  private @Nullable RunningEpisode begin(Scope scope, String name, Instant at, Load load, int now) {
    load.unusual();
    if (running.size() >= MOST_RUNNING) {
      notFollowed.increment();
      return null;
    }
    number++;
    String id = ID.format(at) + "-" + number;
    var episode = RunningEpisode.begin(id, scope, name, at, now, load, leastOf(scope));
    running.put(name, episode);
    return episode;
  }

  /** Counts one that was proved genuine. */
  public synchronized void genuine(Instant at, Mailbox recipient) {
    int now = time.seconds(at);
    addresses.get(hash.of(name(recipient)), now).addGenuine();
    domains.get(hash.of(recipient.domain()), now).addGenuine();
  }

  /**
   * Lets time pass; call it every few seconds.
   *
   * @return the attacks that are over
   */
  public synchronized List<Episode> tick(Instant at) {
    int now = time.seconds(at);
    return end(at, episode -> episode.isOver(now));
  }

  /** Ends all that are running, because nobody watches any more. */
  public synchronized List<Episode> stop(Instant at) {
    return end(at, _ -> true);
  }

  private interface Over {
    boolean test(RunningEpisode episode);
  }

  private List<Episode> end(Instant at, Over over) {
    List<Episode> ended = new ArrayList<>(0);
    for (Iterator<RunningEpisode> each = running.values().iterator(); each.hasNext(); ) {
      RunningEpisode episode = each.next();
      if (over.test(episode)) {
        each.remove();
        Load load = table(episode.scope()).find(hash.of(episode.name()));
        if (load != null) {
          load.calmDown();
        }
        ended.add(episode.snapshot().endedAt(at));
      }
    }
    return ended;
  }

  /** Cheap enough to ask for each recipient. */
  public Exposure underAttack(Mailbox plain) {
    if (running.isEmpty()) {
      return Exposure.NONE;
    }
    if (running.containsKey(name(plain))) {
      return Exposure.ADDRESS;
    }
    return running.containsKey(plain.domain()) ? Exposure.DOMAIN : Exposure.NONE;
  }

  /** The attacks that are under way, as they are now. */
  public synchronized List<Episode> running() {
    return running.values().stream().map(RunningEpisode::snapshot).toList();
  }

  /** How many of them fall on that. */
  public int running(Scope scope) {
    return (int) running.values().stream().filter(each -> each.scope() == scope).count();
  }

  /**
   * Takes up attacks that were running when the last process ended.
   *
   * @return those that have ended meanwhile, ended with their last message
   */
  public synchronized List<Episode> resume(List<Episode> stored, Instant at) {
    int now = time.seconds(at);
    List<Episode> ended = new ArrayList<>();
    for (Episode episode : stored) {
      Duration age = Duration.between(episode.lastSeen(), at);
      if (age.abs().compareTo(QUIET) >= 0 || running.size() >= MOST_RUNNING) {
        ended.add(episode.endedAt(episode.lastSeen()));
      } else {
        int seconds = (int) Math.max(0, age.toSeconds());
        running.put(
            episode.name(), RunningEpisode.resume(episode, now, seconds, leastOf(episode.scope())));
      }
    }
    return ended;
  }

  /**
   * What is usual for the busiest addresses and for the domains: enough to go on after a restart.
   *
   * @param most of each
   */
  public synchronized List<Usual> usual(Instant at, int most) {
    int now = time.seconds(at);
    return Stream.concat(
            busiest(addresses, now, most).map(load -> usual(Scope.ADDRESS, load, at, now)),
            busiest(domains, now, most).map(load -> usual(Scope.DOMAIN, load, at, now)))
        .toList();
  }

  private Stream<Load> busiest(LoadTable table, int now, int most) {
    // Below a third of the least number a usual load changes nothing.
    return table.all(load -> table == domains || load.worth(now) * 3 >= least).stream()
        .sorted(Comparator.comparingDouble((Load load) -> load.worth(now)).reversed())
        .limit(most);
  }

  private static Usual usual(Scope scope, Load now, Instant at, int seconds) {
    // seen is the last message: read it before time passes
    Instant seen = at.minusSeconds(seconds - now.at);
    Load load = now.atEndOfDay(seconds);
    return new Usual(
        scope,
        load.key,
        load.usualBurst,
        load.usualHour,
        load.onceBurst,
        load.onceHour,
        load.once == Load.NEVER ? null : at.minusSeconds(seconds - load.once),
        seen,
        at.minusSeconds(seconds - load.known));
  }

  /** Takes up what was usual when the last process ended. */
  public synchronized void learn(List<Usual> stored, Instant at) {
    int now = time.seconds(at);
    for (Usual usual : stored) {
      Load load = table(usual.scope()).get(usual.hash(), now);
      load.usualBurst = usual.burst();
      load.usualHour = usual.hour();
      load.onceBurst = usual.onceBurst();
      load.onceHour = usual.onceHour();
      Instant once = usual.once();
      load.once = once == null ? Load.NEVER : now - age(once, at);
      load.known = now - age(usual.known(), at);
      load.at = now - age(usual.seen(), at);
      load.pass(now);
    }
  }

  /** Seconds, bounded whatever the file says. */
  private static int age(Instant then, Instant now) {
    return (int) Math.clamp(Duration.between(then, now).toSeconds(), 0L, 400L * 86_400);
  }

  private LoadTable table(Scope scope) {
    return switch (scope) {
      case ADDRESS -> addresses;
      case DOMAIN -> domains;
    };
  }

  private int leastOf(Scope scope) {
    return switch (scope) {
      case ADDRESS -> least;
      case DOMAIN -> least + least / 4;
    };
  }

  /** Mail servers fold case, so an address in two spellings is one. */
  private static String name(Mailbox mailbox) {
    return mailbox.toString().toLowerCase(Locale.ROOT);
  }

  /** Messages that belong to an attack. */
  public long counted() {
    return counted.sum();
  }

  /** Messages that would have begun an attack when too many were running. */
  public long notFollowed() {
    return notFollowed.sum();
  }

  /** Loads that are held; never more than {@link #capacity}. */
  synchronized int size() {
    return addresses.size() + domains.size();
  }

  int capacity() {
    return addresses.capacity() + domains.capacity();
  }
}
