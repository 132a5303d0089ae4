package dev.backstop.cli.demo;

import dev.backstop.bounce.tag.HeaderToken;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A month: our users write, strangers write to them, and from the ninth day on a spammer forges
 * them. For one thread.
 */
final class World {
  static final Duration MONTH = Duration.ofDays(30);

  /** Without a date to go by, Backstop counts the journal only after seven whole days. */
  static final Duration ATTACK_BEGINS = Duration.ofDays(9);

  /** Late enough before the end for the slowest answer. */
  static final Duration ATTACK_ENDS = Duration.ofDays(24);

  private static final int OUR_MAILS = 300;
  private static final int STRANGE_MAILS = 250;

  private final Agenda agenda;
  private final OurMailServer mailServer;
  private final Score score;
  private final ForeignServers servers;
  private final OurUsers users;
  private final Spammer spammer;
  private final Strangers strangers;
  private final Random random;

  World(WorldClock clock, long seed, Supplier<SocketAddress> milter, Score score) {
    this.random = new Random(seed);
    this.agenda = new Agenda(clock);
    this.mailServer = new OurMailServer(milter);
    this.score = score;
    this.servers = new ForeignServers(random, agenda, this::arrive);
    this.users = new OurUsers(random);
    this.spammer = new Spammer(random, agenda);
    this.strangers = new Strangers(random, agenda);
  }

  /** Lives through the month, and through whatever answers come after it. Once. */
  void run(int forged, Agenda.Pace pace) {
    for (int i = 0; i < OUR_MAILS; i++) {
      agenda.in(sometime(Duration.ZERO, ATTACK_ENDS), this::weWrite);
    }
    for (int i = 0; i < forged; i++) {
      agenda.in(sometime(ATTACK_BEGINS, ATTACK_ENDS), this::forge);
    }
    for (int i = 0; i < STRANGE_MAILS; i++) {
      agenda.in(sometime(Duration.ZERO, MONTH), () -> arrive(strangers.write(users.somebody())));
    }
    try (mailServer) {
      agenda.run(pace);
    }
  }

  private Duration sometime(Duration from, Duration to) {
    return from.plusSeconds(random.nextLong(to.minus(from).toSeconds()));
  }

  private void weWrite() {
    Mail mail = users.write(agenda);
    switch (mailServer.receive(mail)) {
      case Outcome.Accepted accepted -> carry(mail, accepted.mail());
      case Outcome.Refused _ -> score.sent(false);
    }
  }

  /** Our mail server delivers what the milter left of the mail. */
  private void carry(Mail written, Mail sent) {
    Letter left = sent.letter().without(HeaderToken.FIELD);
    boolean whole = sent.recipients().equals(written.recipients()) && left.equals(written.letter());
    score.sent(whole);
    for (String recipient : sent.recipients()) {
      var mail = new Sent(Truth.GENUINE, written.sender(), sent.sender(), recipient, sent.letter());
      servers.receive(mail);
      agenda.in(
          sometime(Duration.ofHours(1), Duration.ofDays(2)),
          () -> strangers.answer(mail).ifPresent(this::arrive));
      if (sent.sender().startsWith("prvs=")) {
        spammer.harvest(sent.sender());
      }
    }
  }

  private void forge() {
    Sent mail = spammer.forge();
    score.forged();
    servers.receive(mail);
  }

  private void arrive(Arrival arrival) {
    score.arrived(Case.of(arrival, mailServer.receive(arrival.mail())));
  }
}
