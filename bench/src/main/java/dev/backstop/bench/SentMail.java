package dev.backstop.bench;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.store.JournalEntry;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The mail of a large site, made from its numbers, so that any message can be made again. A few of
 * 50,000 writers send much and most send little; four of five recipients are among the 40 whom a
 * writer often writes to, the others are new. 80 % of the messages have one recipient, 15 % have
 * three, 5 % have fifteen (two in the mean); one in ten has another author than its envelope
 * sender.
 */
final class SentMail {
  private static final int WRITERS = 50_000;
  private static final int CIRCLE = 40;

  private final List<Mailbox> strangers =
      IntStream.range(0, 10).mapToObj(i -> new Mailbox("s" + i, "nobody.example")).toList();

  JournalEntry entry(long number, Instant at) {
    var random = new SplittableRandom(number);
    int writer = writerNumber(random);
    Mailbox sender = mailbox(writer);
    List<Mailbox> also =
        random.nextInt(10) == 0 ? List.of(new Mailbox("desk" + writer, "example.com")) : List.of();
    return new JournalEntry(
        "<" + number + ".mail@mx.example.com>", sender, recipients(writer, random), at, true, also);
  }

  private static List<Mailbox> recipients(int writer, SplittableRandom random) {
    int draw = random.nextInt(100);
    int count = draw < 80 ? 1 : draw < 95 ? 3 : 15;
    Set<Mailbox> recipients = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      boolean known = random.nextInt(5) != 0;
      String name =
          known ? "c" + writer + "." + random.nextInt(CIRCLE) : "n" + random.nextLong(1L << 40);
      recipients.add(new Mailbox(name, "example.net"));
    }
    return List.copyOf(recipients);
  }

  Mailbox writer(SplittableRandom random) {
    return mailbox(writerNumber(random));
  }

  private static Mailbox mailbox(int writer) {
    return new Mailbox("user" + writer, "example.com");
  }

  /** The tenth with the lowest numbers writes nearly half of the mail. */
  private static int writerNumber(SplittableRandom random) {
    double draw = random.nextDouble();
    return (int) (WRITERS * draw * draw * draw);
  }

  /** Whom nobody wrote to. */
  List<Mailbox> strangers() {
    return strangers;
  }
}
