package dev.backstop.cli.demo;

import dev.backstop.cli.demo.Directory.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Mail that is no answer of a machine, and must arrive as it is. For one thread. */
final class Strangers {
  private static final List<String> TEMPLATES =
      List.of("person", "person", "newsletter", "shop", "question", "forwarded");

  private final RandomGenerator random;
  private final Agenda agenda;
  private final Templates templates = new Templates();

  Strangers(RandomGenerator random, Agenda agenda) {
    this.random = random;
    this.agenda = agenda;
  }

  /** Somebody, or some shop, writes to one of our users. */
  Arrival write(String user) {
    String template = Directory.pick(TEMPLATES, random);
    String from =
        switch (template) {
          case "newsletter" -> "news@northwind.example";
          case "shop" -> "noreply@harbor.example";
          default -> Directory.somebody(random);
        };
    // what goes to many has an envelope sender for each (VERP)
    String sender =
        template.equals("newsletter")
            ? "news+" + user.replace('@', '=') + "@northwind.example"
            : from;
    return arrival(from, sender, user, user, template, values(from, user));
  }

  /** A person answers a mail of ours, if it is one that people answer. */
  Optional<Arrival> answer(Sent mail) {
    boolean person = Directory.habit(mail.recipient()).equals(Optional.of(Habit.READS));
    if (!person || mail.truth() == Truth.FALSE || random.nextInt(10) >= 4) {
      return Optional.empty();
    }
    // Some address books keep what stood in Return-Path: signed addresses come back for years.
    String to = random.nextInt(8) == 0 ? mail.sender() : mail.user();
    Map<String, String> values = values(mail.recipient(), mail.user());
    values.put("subject", mail.letter().field("Subject"));
    values.put("message-id", mail.letter().field("Message-ID"));
    return Optional.of(
        arrival(mail.recipient(), mail.recipient(), to, mail.user(), "reply", values));
  }

  private Arrival arrival(
      String from,
      String sender,
      String to,
      String user,
      String template,
      Map<String, String> values) {
    Place place = Directory.place(Mail.domain(from)).orElseThrow();
    var client = new Mail.Client("mx." + place.domain(), place.address(), null);
    Letter letter = templates.write(template, values);
    return new Arrival(
        Kind.ORDINARY, Truth.ORDINARY, user, new Mail(client, sender, List.of(to), letter));
  }

  private Map<String, String> values(String from, String user) {
    Map<String, String> values = new HashMap<>();
    values.put("from", from);
    values.put("user", user);
    values.put("date", Letter.date(agenda.now()));
    values.put("id", String.format(Locale.ROOT, "%016x", random.nextLong()));
    return values;
  }
}
