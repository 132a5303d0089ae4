package dev.backstop.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Forges our users, and the Message-IDs of their domain. Its address list is old: most of it does
 * not exist any more. It reads along where it can, so it has some of our signed addresses, days
 * later. For one thread.
 */
final class Spammer {
  private record Harvest(String sender, Instant seen) {}

  /** Older than any tag lives. */
  private static final Duration STALE = Duration.ofDays(9);

  private final RandomGenerator random;
  private final Agenda agenda;
  private final List<Harvest> harvest = new ArrayList<>();
  private final Templates templates = new Templates();

  Spammer(RandomGenerator random, Agenda agenda) {
    this.random = random;
    this.agenda = agenda;
  }

  /** It has seen that address in somebody's stolen mail. */
  void harvest(String sender) {
    harvest.add(new Harvest(sender, agenda.now()));
  }

  /** A new mail in the name of one of our users, as it arrives at a foreign server. */
  Sent forge() {
    String sender = sender();
    String user = sender.substring(sender.lastIndexOf('=') + 1);
    String recipient = recipient();
    Map<String, String> values = new HashMap<>();
    values.put("user", user);
    values.put("recipient", recipient);
    values.put("date", Letter.date(agenda.now()));
    values.put(
        "message-id",
        String.format(Locale.ROOT, "<%016x@%s>", random.nextLong(), OurMailServer.DOMAIN));
    values.put(
        "receipt", random.nextBoolean() ? "Disposition-Notification-To: " + user : "X-Priority: 1");
    return new Sent(Truth.FALSE, user, sender, recipient, templates.write("spam", values));
  }

  /** Mostly a plain address; now and then with a tag, which is invented or stolen and old. */
  private String sender() {
    String user = OurMailServer.address(Directory.pick(OurMailServer.USERS, random));
    int chance = random.nextInt(100);
    if (chance < 4) {
      return invented(user);
    }
    List<Harvest> stale =
        harvest.stream().filter(seen -> seen.seen().isBefore(agenda.now().minus(STALE))).toList();
    return chance < 8 && !stale.isEmpty() ? Directory.pick(stale, random).sender() : user;
  }

  /** It has understood what a tag looks like, and has no key. */
  private String invented(String user) {
    long day = LocalDate.ofInstant(agenda.now(), ZoneOffset.UTC).toEpochDay();
    return String.format(
        Locale.ROOT, "prvs=0%03d%06x=%s", (day + 7) % 1000, random.nextInt(1 << 24), user);
  }

  private String recipient() {
    int chance = random.nextInt(100);
    if (chance < 5) {
      return "info@careful" + random.nextInt(100) + ".example";
    }
    if (chance < 12) {
      return Directory.LIST;
    }
    return chance < 70 ? Directory.nobody(random) : Directory.somebody(random);
  }
}
