package dev.backstop.cli.demo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The domains around us and who lives there. */
final class Directory {
  /**
   * A foreign domain.
   *
   * @param address of its server, outgoing too
   */
  record Place(String domain, Software software, String address) {}

  static final String LISTS = "lists.club.example";
  static final String LIST = "gardening@" + LISTS;

  private static final List<Place> PLACES =
      List.of(
          new Place("northwind.example", Software.POSTFIX, "192.0.2.11"),
          new Place("harbor.example", Software.EXIM, "192.0.2.12"),
          new Place("oldpost.example", Software.QMAIL, "192.0.2.13"),
          new Place("puffer.example", Software.OPENSMTPD, "198.51.100.14"),
          new Place("campus.example", Software.SENDMAIL, "198.51.100.15"),
          new Place(LISTS, Software.POSTFIX, "198.51.100.16"));

  private static final List<String> PEOPLE =
      List.of("ada", "bruno", "chen", "dora", "elif", "finn", "grace", "hugo", "ines", "jonas");

  private static final Map<String, Habit> HABITS =
      Map.of(
          "finn", Habit.AWAY,
          "grace", Habit.AWAY,
          "hugo", Habit.FULL,
          "ines", Habit.UNREACHABLE,
          "jonas", Habit.RECEIPT,
          "elif", Habit.CHALLENGE);

  private Directory() {}

  /** The domain of that name; empty for one whose server refuses in the session what it must. */
  static Optional<Place> place(String domain) {
    return PLACES.stream().filter(place -> place.domain().equals(domain)).findFirst();
  }

  /** What happens at that address; empty when nobody has it. */
  static Optional<Habit> habit(String address) {
    String person = Mail.localPart(address);
    return PEOPLE.contains(person) && !address.endsWith("@" + LISTS)
        ? Optional.of(HABITS.getOrDefault(person, Habit.READS))
        : Optional.empty();
  }

  static String somebody(RandomGenerator random) {
    return pick(PEOPLE, random) + "@" + somewhere(random);
  }

  /** An address that nobody has, or no more. */
  static String nobody(RandomGenerator random) {
    return "user" + random.nextInt(10_000) + "@" + somewhere(random);
  }

  private static String somewhere(RandomGenerator random) {
    return PLACES.get(random.nextInt(PLACES.size() - 1)).domain();
  }

  static <T> T pick(List<T> from, RandomGenerator random) {
    return from.get(random.nextInt(from.size()));
  }
}
