package dev.backstop.bench.lab;

import dev.backstop.bench.lab.Forgery.Victim;
import dev.backstop.bounce.form.ReturnedMessage.Part;
import dev.backstop.bounce.tag.TagForm;
import dev.backstop.edge.Action;
import dev.backstop.edge.TransactionFilter.Answer;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.flow.Flow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Mail as it comes and goes, always the same for one seed: ours, answers to it, answers to forged
 * mail, and strangers' letters. For one thread.
 */
final class Traffic {
  /** Answers come within this time; bounces take five days at most. */
  private static final Duration LATEST = Duration.ofDays(6);

  private static final int USERS = 150;
  private static final int MOST_REMEMBERED = 2_000;
  private static final int MOST_ANSWERS = 3;
  private static final Peer STRANGER = World.client(World.STRANGER);
  private static final Peer EXCHANGER = World.client(World.EXCHANGER);

  private final SteppedClock clock;
  private final Random random;
  private final List<Specimen> specimens = Specimens.generated(3);
  private final List<Specimen> ofStrangers = Specimens.ofStrangers(3);
  private final List<Sent> sent = new ArrayList<>();
  private int number;

  /** A message of ours that can be answered. */
  private record Sent(
      Specimen specimen,
      Mailbox writer,
      Mailbox sender,
      String messageId,
      Letter letter,
      Instant at) {
    boolean isTagged() {
      return !sender.equals(writer);
    }
  }

  /** What became of an incoming message. */
  enum Fate {
    ORDINARY,
    GENUINE,
    UNPROVEN,
    BACKSCATTER,
    SLOWED
  }

  Traffic(SteppedClock clock, long seed) {
    this.clock = clock;
    this.random = new Random(seed);
  }

  /** The next message, whatever it is. */
  void next(Installation installation, Tally tally) {
    number++;
    int dice = random.nextInt(100);
    if (dice < 40 || sent.isEmpty()) {
      write(installation.flow(), tally);
    } else if (dice < 65) {
      answer(installation.flow(), tally);
    } else if (dice < 90) {
      forge(installation, tally);
    } else {
      stranger(installation.flow(), tally);
    }
  }

  private void write(Flow flow, Tally tally) {
    Specimen specimen = specimens.get(random.nextInt(specimens.size()));
    int user = random.nextInt(USERS);
    boolean exception = user >= USERS * 2 / 3 && random.nextInt(3) == 0;
    Mailbox writer = Addresses.of("user" + user + "@ours.test");
    List<Mailbox> to = new ArrayList<>(List.of(specimen.recipient()));
    if (exception) {
      to.add(Addresses.of("list@untagged.example"));
    }
    String messageId = "<" + number + "@ours.test>";
    Letter letter = letter(writer, specimen, messageId);
    var transaction = new Transaction(World.user(), "Q" + number, writer, to);
    Action action = Installation.pass(flow, transaction, letter.raw());
    tally.wrote();
    if (action instanceof Action.Accept accept) {
      if (sent.size() >= MOST_REMEMBERED) {
        sent.remove(random.nextInt(sent.size()));
      }
      sent.add(
          new Sent(
              specimen,
              writer,
              Letter.sender(writer, accept.edits()),
              messageId,
              letter.with(accept.edits()),
              clock.instant()));
    } else {
      tally.wrong("our own mail was refused: " + action);
    }
  }

  private Letter letter(Mailbox writer, Specimen specimen, String messageId) {
    return new Letter(
        "From: "
            + writer
            + "\r\nTo: "
            + specimen.recipient()
            + "\r\nSubject: Number "
            + number
            + "\r\nDate: "
            + date()
            + "\r\nMessage-ID: "
            + messageId
            + "\r\n"
            + specimen.fields(),
        "Hello\r\n");
  }

  private String date() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC).format(clock.instant());
  }

  private void answer(Flow flow, Tally tally) {
    int chosen = random.nextInt(sent.size());
    Sent message = sent.get(chosen);
    Duration age = Duration.between(message.at(), clock.instant());
    if (age.compareTo(LATEST) > 0 || random.nextInt(MOST_ANSWERS) == 0) {
      sent.remove(chosen);
    }
    if (age.compareTo(LATEST) > 0) {
      return;
    }
    Specimen specimen = message.specimen();
    boolean toFrom = specimen.sender() != NullReversePath.INSTANCE && random.nextBoolean();
    Mailbox to = toFrom ? message.writer() : message.sender();
    Part part = specimen.parts().get(random.nextInt(specimen.parts().size()));
    String text =
        unique(
            specimen.answer(
                to, message.writer(), message.messageId(), message.letter(), part, Damage.NONE));
    Fate fate = bring(flow, EXCHANGER, specimen.sender(), to, text, tally);
    tally.genuine(
        fate,
        message.isTagged() && !toFrom,
        () -> specimen.name() + " to " + to + ", sent " + message.at() + ", at " + clock.instant());
  }

  /** Two answers are two messages. */
  private String unique(String text) {
    return "X-Number: " + number + "\r\n" + text;
  }

  private void forge(Installation installation, Tally tally) {
    Specimen specimen = ofStrangers.get(random.nextInt(ofStrangers.size()));
    List<Forgery> kinds = Forgery.all();
    Forgery forgery = kinds.get(random.nextInt(kinds.size()));
    Mailbox victim =
        switch (forgery.victim()) {
          case IDLE -> Addresses.of("idle" + random.nextInt(500) + "@ours.test");
          case WRITING -> Addresses.of("user" + random.nextInt(USERS * 2 / 3) + "@ours.test");
          case UNTAGGED ->
              Addresses.of("user" + (USERS - 1 - random.nextInt(USERS / 3)) + "@ours.test");
        };
    Mailbox to = answered(installation, victim, forgery.tag());
    String messageId = forgery.messageId(String.valueOf(number));
    Letter letter = forgery.letter(victim, specimen.recipient(), messageId, date(), "");
    Part part = specimen.parts().get(random.nextInt(specimen.parts().size()));
    String text = unique(specimen.answer(to, victim, messageId, letter, part, Damage.NONE));
    // a forged answer with the responder's own sender proves nothing either way without a journal
    ReversePath sender = NullReversePath.INSTANCE;
    Peer peer = forgery.tag() == Forgery.Tag.NONE ? EXCHANGER : STRANGER;
    Fate fate = bring(installation.flow(), peer, sender, to, text, tally);
    tally.forged(
        fate,
        forgery.victim() != Victim.UNTAGGED,
        () -> specimen.name() + " " + forgery + " to " + to + " at " + clock.instant());
  }

  private Mailbox answered(Installation installation, Mailbox victim, Forgery.Tag tag) {
    var tagger = installation.rules.tagger();
    Instant now = clock.instant();
    return switch (tag) {
      case NONE -> victim;
      case MADE_UP ->
          Addresses.of(
              "prvs=0"
                  + "%03d%06x".formatted(random.nextInt(1000), random.nextInt(1 << 24))
                  + "="
                  + victim);
      case EXPIRED ->
          tagger.sign(victim, TagForm.PRVS, now.minus(Duration.ofDays(9))).orElseThrow();
    };
  }

  private void stranger(Flow flow, Tally tally) {
    Mailbox friend = Addresses.of("friend@friends.example");
    Mailbox to = Addresses.of("user" + random.nextInt(USERS) + "@ours.test");
    String text =
        "From: Friend <friend@friends.example>\r\nTo: "
            + to
            + "\r\nSubject: Lunch?\r\nMessage-ID: <"
            + number
            + "@friends.example>\r\n\r\nAt noon?\r\n";
    tally.ordinary(bring(flow, EXCHANGER, friend, to, text, tally));
  }

  private static Fate bring(
      Flow flow, Peer peer, ReversePath sender, Mailbox to, String text, Tally tally) {
    Answer answer = flow.recipient(new Transaction(peer, null, sender, List.of()), to);
    if (answer instanceof Answer.Refuse refuse) {
      boolean slowed = refuse.reply().code() == 450;
      tally.refusedAtRecipient(slowed);
      return slowed ? Fate.SLOWED : Fate.BACKSCATTER;
    }
    tally.read();
    return fate(
        Installation.pass(flow, new Transaction(peer, "Q", sender, List.of(to)), Letter.raw(text)));
  }

  private static Fate fate(Action action) {
    if (!(action instanceof Action.Accept accept)) {
      return Fate.BACKSCATTER;
    }
    for (Action.Edit edit : accept.edits()) {
      if (edit instanceof Action.Edit.InsertHeader insert
          && insert.name().equals("Backstop-Verdict")) {
        return insert.value().startsWith("genuine")
            ? Fate.GENUINE
            : insert.value().startsWith("unproven") ? Fate.UNPROVEN : Fate.BACKSCATTER;
      }
    }
    return Fate.ORDINARY;
  }
}
