package dev.backstop.cli.demo;

import dev.backstop.cli.demo.Directory.Place;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The servers of the others: they take everything and think about it afterwards, as backscatterers
 * do, and answer to the envelope sender. Mail of ours and forged mail go the same way; nobody here
 * can tell them apart. For one thread.
 */
final class ForeignServers {
  /** Where answers go to. */
  interface Outbox {
    void send(Arrival answer);
  }

  private record Failure(String status, String reply) {}

  private static final Failure UNKNOWN_USER =
      new Failure("5.1.1", "550 5.1.1 <{recipient}>: no such user here");
  private static final Failure FULL = new Failure("5.2.2", "552 5.2.2 mailbox is full");
  private static final Failure HOST_DOWN = new Failure("4.4.1", "connect: connection timed out");

  private final RandomGenerator random;
  private final Agenda agenda;
  private final Outbox outbox;
  private final Templates templates = new Templates();

  ForeignServers(RandomGenerator random, Agenda agenda, Outbox outbox) {
    this.random = random;
    this.agenda = agenda;
    this.outbox = outbox;
  }

  /** Takes a mail and plans what comes back of it. */
  void receive(Sent mail) {
    Optional<Place> place = Directory.place(Mail.domain(mail.recipient()));
    if (place.isEmpty()) {
      return; // a careful server: it says no while the client is there, and writes to nobody
    }
    if (mail.recipient().equals(Directory.LIST)) {
      hold(place.get(), mail);
      return;
    }
    Optional<Habit> habit = Directory.habit(mail.recipient());
    if (habit.isEmpty()) {
      bounce(place.get(), mail, UNKNOWN_USER, minutes(1, 90));
      return;
    }
    switch (habit.get()) {
      case READS -> {}
      case AWAY -> away(place.get(), mail);
      case FULL -> bounce(place.get(), mail, FULL, minutes(1, 30));
      case UNREACHABLE -> giveUpSlowly(place.get(), mail);
      case RECEIPT -> receipt(place.get(), mail);
      case CHALLENGE -> challenge(place.get(), mail);
    }
  }

  private void bounce(Place place, Sent mail, Failure failure, Duration delay) {
    agenda.in(
        delay,
        () ->
            answer(
                Kind.BOUNCE,
                place,
                mail,
                "",
                place.software().template() + "-bounce",
                values(place, mail, failure)));
  }

  private void giveUpSlowly(Place place, Sent mail) {
    if (place.software().warnsOfDelay) {
      agenda.in(
          Duration.ofHours(4),
          () ->
              answer(
                  Kind.DELAY,
                  place,
                  mail,
                  "",
                  place.software().template() + "-delay",
                  values(place, mail, HOST_DOWN)));
    }
    bounce(place, mail, new Failure("5.4.7", "message expired: host is down"), Duration.ofDays(5));
  }

  private void away(Place place, Sent mail) {
    String sender = place.software().repliesWithNullSender ? "" : mail.recipient();
    answerLater(Kind.AUTO_REPLY, place, mail, sender, place.software().template() + "-away");
  }

  /** RFC 8098 §3 wants the null sender, but a program that submits as its user has the user's. */
  private void receipt(Place place, Sent mail) {
    if (!mail.letter().field("Disposition-Notification-To").isEmpty()) {
      answerLater(Kind.RECEIPT, place, mail, mail.recipient(), "receipt");
    }
  }

  private void challenge(Place place, Sent mail) {
    answerLater(Kind.CHALLENGE, place, mail, "confirm-" + id() + "@" + place.domain(), "challenge");
  }

  /** Who is no member has to wait for the moderator; the sender is a VERP address of the list. */
  private void hold(Place place, Sent mail) {
    String sender = "gardening-bounces+" + mail.user().replace('@', '=') + "@" + place.domain();
    answerLater(Kind.LIST_NOTICE, place, mail, sender, "list-notice");
  }

  private void answerLater(Kind kind, Place place, Sent mail, String sender, String template) {
    agenda.in(
        minutes(1, 60),
        () -> answer(kind, place, mail, sender, template, values(place, mail, UNKNOWN_USER)));
  }

  private void answer(
      Kind kind,
      Place place,
      Sent mail,
      String sender,
      String template,
      Map<String, String> values) {
    // a receipt goes where the header says, everything else to the envelope sender
    String to = kind == Kind.RECEIPT ? mail.user() : mail.sender();
    Mail answer =
        new Mail(
            new Mail.Client("mx." + place.domain(), place.address(), null),
            sender,
            List.of(to),
            templates.write(template, values));
    outbox.send(new Arrival(kind, mail.truth(), mail.user(), answer));
  }

  private Map<String, String> values(Place place, Sent mail, Failure failure) {
    Map<String, String> values = new HashMap<>();
    values.put("server", "mx." + place.domain());
    values.put("domain", place.domain());
    values.put("to", mail.sender());
    values.put("recipient", mail.recipient());
    values.put("date", Letter.date(agenda.now()));
    values.put("id", id());
    values.put("status", failure.status());
    values.put("reply", failure.reply().replace("{recipient}", mail.recipient()));
    values.put("subject", mail.letter().field("Subject"));
    values.put("message-id", mail.letter().field("Message-ID"));
    values.put("original", original(place, mail) + "\n" + mail.letter().body());
    values.put("original-header", original(place, mail));
    return values;
  }

  /** The header as it stood in the other's queue. */
  private static String original(Place place, Sent mail) {
    return "Return-Path: <"
        + mail.sender()
        + ">\nReceived: from client.example\n\tby mx."
        + place.domain()
        + " with ESMTP for <"
        + mail.recipient()
        + ">;\n\t"
        + mail.letter().field("Date")
        + "\n"
        + mail.letter().headerText();
  }

  private Duration minutes(int least, int most) {
    return Duration.ofSeconds(random.nextInt(least * 60, most * 60));
  }

  private String id() {
    return String.format(Locale.ROOT, "%012X", random.nextLong() & 0xffff_ffff_ffffL);
  }
}
