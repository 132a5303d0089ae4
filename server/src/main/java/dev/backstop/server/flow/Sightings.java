package dev.backstop.server.flow;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.form.ReturnedMessage;
import dev.backstop.bounce.tag.TaggedAddress;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.attacks.AttackObserver;
import dev.backstop.server.attacks.Sighting;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an {@link AttackObserver} is told of each message. */
final class Sightings {
  private Sightings() {}

  /** Refused before any data: all that is known is who tried. */
  static void refused(AttackObserver observer, Instant at, Transaction transaction, Mailbox plain) {
    observer.observe(
        new Sighting(
            at,
            plain,
            true,
            transaction.peer().address(),
            transaction.peer().helo(),
            null,
            null,
            null));
  }

  /**
   * The end of a message. Reports about our own mail (DMARC, TLS, complaints) are wanted, come in
   * crowds at midnight, and answer no message: they say nothing of an attack.
   */
  static void judged(
      AttackObserver observer,
      Instant at,
      Transaction transaction,
      Mailbox recipient,
      AutomaticMail reading,
      Verdict verdict) {
    boolean report = reading.form() == Form.REPORT || reading.form() == Form.FEEDBACK_REPORT;
    if (verdict == Verdict.ORDINARY || report) {
      return;
    }
    Mailbox plain =
        Objects.requireNonNullElse(TaggedAddress.read(recipient).plainOrNull(), recipient);
    if (verdict == Verdict.GENUINE) {
      observer.genuine(at, plain);
    } else {
      observer.observe(sighting(at, transaction, plain, reading));
    }
  }

  private static Sighting sighting(
      Instant at, Transaction transaction, Mailbox plain, AutomaticMail reading) {
    ReturnedMessage returned = reading.returned();
    @Nullable String mta = reading.reporter().mta();
    ReturnedMessage.@Nullable Source source = returned.source();
    return new Sighting(
        at,
        plain,
        false,
        transaction.peer().address(),
        mta == null ? transaction.peer().helo() : mta,
        source == null ? null : source.address(),
        returned.subject(),
        returned.messageId());
  }
}
