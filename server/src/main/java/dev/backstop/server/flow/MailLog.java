package dev.backstop.server.flow;

import dev.backstop.auth.reverse.HeloFinding;
import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.form.ReturnedMessage;
import dev.backstop.bounce.policy.Measure;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Proof;
import dev.backstop.bounce.tag.TagCheck;
import dev.backstop.bounce.verdict.Decision;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.answers.AnswerJudge.AtRecipient;
import dev.backstop.server.answers.Judged;
import dev.backstop.server.attacks.AttackObserver;
import dev.backstop.server.backscatterers.Backscatterers;
import dev.backstop.server.metrics.MailMetrics;
import dev.backstop.server.senders.SenderDecision;
import dev.backstop.server.senders.SenderFindings;
import dev.backstop.store.Event;
import dev.backstop.store.EventLog;
import dev.backstop.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Says once, in the same words, what happened to a message: a log line, an event in the store, a
 * metric, a count of the host that sent it. Safe for all threads.
 */
public final class MailLog {
  private static final Logger LOG = LoggerFactory.getLogger("mail");

  private final EventLog events;
  private final MailMetrics metrics;
  private final Backscatterers backscatterers;
  private final AttackObserver attacks;
  private final InstantSource clock;

  public MailLog(
      EventLog events,
      MailMetrics metrics,
      Backscatterers backscatterers,
      AttackObserver attacks,
      InstantSource clock) {
    this.events = events;
    this.metrics = metrics;
    this.backscatterers = backscatterers;
    this.attacks = attacks;
    this.clock = clock;
  }

  void sent(
      Transaction transaction,
      String messageId,
      Outgoing.Signing signing,
      Outgoing.Signed signed,
      boolean journaled) {
    metrics.signed(signed.equals(Outgoing.Signed.YES));
    metrics.sent(signing.tagged());
    if (LOG.isInfoEnabled()) {
      line(LOG.atInfo(), transaction)
          .addKeyValue("sender", signing.plain())
          .addKeyValue("tag", signing.note())
          .addKeyValue("dkim", signed.note())
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

  public void lookupFailed(StoreException e) {
    metrics.lookupFailed();
    LOG.atError().addKeyValue("reason", e.getMessage()).log("journal-lookup-failed");
  }

  void refusedAtRecipient(Transaction transaction, Mailbox recipient, AtRecipient.Refuse refuse) {
    Mailbox plain = refuse.tag().plain();
    Decision decision = refuse.decision();
    metrics.refusedRecipient(reason(refuse));
    backscatterers.seen(transaction.peer(), decision.enforced(), clock.instant());
    Sightings.refused(attacks, clock.instant(), transaction, plain);
    if (LOG.isInfoEnabled()) {
      line(LOG.atInfo(), transaction)
          .addKeyValue("at", "rcpt")
          .addKeyValue("verdict", decision.verdict())
          .addKeyValue("mode", Mode.ENFORCE)
          .addKeyValue("sender", transaction.reversePath())
          .addKeyValue("recipient", recipient)
          .addKeyValue("evidence", words(decision.evidence()))
          .addKeyValue("reason", decision.explanation())
          .log("refused");
    }
    events.append(
        new Event(
            clock.instant(),
            decision.verdict(),
            decision.enforced(),
            "refused",
            Mode.ENFORCE.toString(),
            Form.BOUNCE,
            plain.domain(),
            transaction.reversePath().toString(),
            plain.toString(),
            transaction.peer().describe(),
            transaction.queueId(),
            null,
            null,
            null,
            null,
            EvidenceJson.render(decision.evidence(), Optional.empty()),
            decision.explanation()));
  }

  private static String reason(AtRecipient.Refuse refuse) {
    if (refuse.decision().evidence().getFirst().proof() == Proof.NEVER_SENDS) {
      return "never-sends";
    }
    return refuse.tag() instanceof TagCheck.Missing ? "missing" : "wrong";
  }

  void slowed(Transaction transaction, Mailbox recipient) {
    metrics.slowed();
    line(LOG.atInfo(), transaction)
        .addKeyValue("at", "rcpt")
        .addKeyValue("recipient", recipient)
        .log("slowed");
  }

  /** No event: whoever tries many names would fill the store with them. */
  void unknownRecipient(Transaction transaction, Mailbox recipient, String reason) {
    metrics.refusedRecipient("unknown");
    aboutRecipient(transaction, recipient, reason).log("refused");
  }

  void undecidedRecipient(Transaction transaction, Mailbox recipient, String reason) {
    aboutRecipient(transaction, recipient, reason).log("deferred");
  }

  private static LoggingEventBuilder aboutRecipient(
      Transaction transaction, Mailbox recipient, String reason) {
    return line(LOG.atInfo(), transaction)
        .addKeyValue("at", "rcpt")
        .addKeyValue("sender", transaction.reversePath())
        .addKeyValue("recipient", recipient)
        .addKeyValue("reason", reason);
  }

  void notRemembered(Transaction transaction, StoreException e) {
    metrics.notRemembered();
    line(LOG.atError(), transaction)
        .addKeyValue("sender", transaction.reversePath())
        .addKeyValue("reason", e.getMessage())
        .log("sender-not-remembered");
  }

  /** The end of an incoming message. */
  void judged(Transaction transaction, Mailbox recipient, Outcome outcome) {
    AutomaticMail reading = outcome.reading();
    Judged judged = outcome.judged();
    Optional<JudgedSender> sender = outcome.sender();
    Decision decision = judged.decision();
    String action = outcome.word();
    metrics.judged(reading.form(), decision.verdict(), action);
    decision.evidence().forEach(metrics::found);
    backscatterers.seen(transaction.peer(), decision.enforced(), clock.instant());
    Sightings.judged(attacks, clock.instant(), transaction, recipient, reading, decision.verdict());
    sender.ifPresent(this::count);
    if (LOG.isInfoEnabled()) {
      LoggingEventBuilder line =
          line(LOG.atInfo(), transaction)
              .addKeyValue("at", "end")
              .addKeyValue("verdict", decision.verdict())
              .addKeyValue("form", reading.form())
              .addKeyValue("mode", judged.mode())
              .addKeyValue("sender", transaction.reversePath())
              .addKeyValue("recipient", recipient);
      if (judged.enforced() != judged.taken()) {
        line = line.addKeyValue("enforcing", judged.enforced());
      }
      if (!decision.evidence().isEmpty()) {
        line = line.addKeyValue("evidence", words(decision.evidence()));
        line = line.addKeyValue("reason", decision.explanation());
      }
      if (sender.isPresent()) {
        line = describe(line, sender.get());
      }
      line.log(action);
    }
    boolean asked = sender.isPresent() && sender.get().decision().asked() != Measure.PASS;
    if (decision.verdict() != Verdict.ORDINARY || asked) {
      events.append(event(transaction, recipient, outcome));
    }
  }

  private void count(JudgedSender sender) {
    SenderFindings findings = sender.findings();
    metrics.checked("spf", findings.spfWord());
    metrics.checked("dkim", findings.dkimWord());
    metrics.checked("dmarc", findings.dmarcWord());
    metrics.checked("iprev", findings.reverseWord());
    metrics.policy(sender.decision().asked().toString(), sender.decision().taken().toString());
  }

  private Event event(Transaction transaction, Mailbox recipient, Outcome outcome) {
    AutomaticMail reading = outcome.reading();
    Judged judged = outcome.judged();
    Optional<JudgedSender> sender = outcome.sender();
    Decision decision = judged.decision();
    boolean bySender = decision.verdict() == Verdict.ORDINARY && sender.isPresent();
    ReturnedMessage returned = reading.returned();
    ReturnedMessage.Source source = returned.source();
    return new Event(
        clock.instant(),
        decision.verdict(),
        decision.enforced(),
        outcome.word(),
        (bySender ? sender.get().decision().mode() : judged.mode()).toString(),
        reading.form(),
        recipient.domain(),
        transaction.reversePath().toString(),
        recipient.toString(),
        transaction.peer().describe(),
        transaction.queueId(),
        returned.messageId(),
        reading.reporter().mta(),
        source == null ? null : source.address(),
        returned.subject(),
        EvidenceJson.render(decision.evidence(), sender.flatMap(JudgedSender::failure)),
        bySender ? sender.get().explanation() : decision.explanation());
  }

  private static LoggingEventBuilder describe(LoggingEventBuilder line, JudgedSender sender) {
    SenderFindings findings = sender.findings();
    SenderDecision decision = sender.decision();
    LoggingEventBuilder with =
        line.addKeyValue("spf", findings.spfWord())
            .addKeyValue("dkim", findings.dkimWord())
            .addKeyValue("dmarc", findings.dmarcWord())
            .addKeyValue("iprev", findings.reverseWord());
    if (!findings.helo().isEmpty()) {
      with =
          with.addKeyValue(
              "helo",
              findings.helo().stream().map(HeloFinding::text).collect(Collectors.joining("; ")));
    }
    if (decision.asked() != Measure.PASS) {
      with =
          with.addKeyValue("policy", decision.asked())
              .addKeyValue("done", decision.taken())
              .addKeyValue("dmarc-mode", decision.mode())
              .addKeyValue("dmarc-reason", decision.reason());
      if (decision.forwarder().isPresent()) {
        with = with.addKeyValue("except", decision.forwarder().get());
      }
    }
    return with;
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
