package dev.backstop.server.flow;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.verdict.Decision;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.metrics.MailMetrics;
import dev.backstop.store.Event;
import dev.backstop.store.EventLog;
import dev.backstop.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Says once, in the same words, what happened to a message: a log line, an event in the store, a
 * metric. Safe for all threads.
 */
public final class MailLog {
  private static final Logger LOG = LoggerFactory.getLogger("mail");

  private final EventLog events;
  private final MailMetrics metrics;
  private final InstantSource clock;

  public MailLog(EventLog events, MailMetrics metrics, InstantSource clock) {
    this.events = events;
    this.metrics = metrics;
    this.clock = clock;
  }

  void sent(
      Transaction transaction, String messageId, Outgoing.Signing signing, boolean journaled) {
    metrics.sent(signing.tagged());
    if (LOG.isInfoEnabled()) {
      line(LOG.atInfo(), transaction)
          .addKeyValue("sender", signing.plain())
          .addKeyValue("tag", signing.note())
          .addKeyValue("recipients", transaction.recipients().size())
          .addKeyValue("message-id", messageId)
          .addKeyValue("journaled", journaled ? "yes" : "no")
          .log("sent");
    }
  }

  void journalFailed(Transaction transaction, StoreException e) {
    metrics.notJournaled();
    line(LOG.atError(), transaction)
        .addKeyValue("sender", transaction.reversePath())
        .addKeyValue("reason", e.getMessage())
        .log("journal-failed");
  }

  void lookupFailed(StoreException e) {
    metrics.lookupFailed();
    LOG.atError().addKeyValue("reason", e.getMessage()).log("journal-lookup-failed");
  }

  void refusedAtRecipient(
      Transaction transaction, Mailbox recipient, Mailbox plain, Decision decision) {
    metrics.refusedRecipient(recipient.equals(plain) ? "missing" : "wrong");
    if (LOG.isInfoEnabled()) {
      line(LOG.atInfo(), transaction)
          .addKeyValue("at", "rcpt")
          .addKeyValue("verdict", decision.verdict())
          .addKeyValue("recipient", recipient)
          .addKeyValue("evidence", words(decision.evidence()))
          .log("refused");
    }
    events.append(
        new Event(
            clock.instant(),
            decision.verdict(),
            "refused",
            Mode.ENFORCE.toString(),
            Form.BOUNCE,
            plain.domain(),
            transaction.reversePath().toString(),
            plain.toString(),
            transaction.peer().describe(),
            transaction.queueId(),
            null,
            EvidenceJson.render(decision.evidence()),
            decision.explanation()));
  }

  void judged(
      Transaction transaction,
      Mailbox recipient,
      AutomaticMail reading,
      Decision decision,
      Mode mode,
      boolean refused) {
    String action = refused ? "refused" : "passed";
    metrics.judged(reading.form(), decision.verdict(), action);
    if (LOG.isInfoEnabled()) {
      LoggingEventBuilder line =
          line(LOG.atInfo(), transaction)
              .addKeyValue("at", "end")
              .addKeyValue("verdict", decision.verdict())
              .addKeyValue("form", reading.form())
              .addKeyValue("mode", mode)
              .addKeyValue("sender", transaction.reversePath())
              .addKeyValue("recipient", recipient);
      if (mode == Mode.OBSERVE && decision.wouldRefuse()) {
        line = line.addKeyValue("enforcing", "refuse");
      }
      if (!decision.evidence().isEmpty()) {
        line = line.addKeyValue("evidence", words(decision.evidence()));
      }
      line.log(action);
    }
    if (decision.verdict() != Verdict.ORDINARY) {
      events.append(
          new Event(
              clock.instant(),
              decision.verdict(),
              action,
              mode.toString(),
              reading.form(),
              recipient.domain(),
              transaction.reversePath().toString(),
              recipient.toString(),
              transaction.peer().describe(),
              transaction.queueId(),
              reading.returned().messageId(),
              EvidenceJson.render(decision.evidence()),
              decision.explanation()));
    }
  }

  private static LoggingEventBuilder line(LoggingEventBuilder line, Transaction transaction) {
    LoggingEventBuilder with = line.addKeyValue("peer", transaction.peer().describe());
    return transaction.queueId() == null ? with : with.addKeyValue("queue", transaction.queueId());
  }

  private static String words(List<Evidence> evidence) {
    var words = new StringBuilder();
    for (Evidence piece : evidence) {
      words
          .append(words.isEmpty() ? "" : "; ")
          .append(piece.proof())
          .append(' ')
          .append(piece.finding());
      words.append(": ").append(piece.detail());
    }
    return words.toString();
  }
}
