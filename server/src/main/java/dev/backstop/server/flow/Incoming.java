package dev.backstop.server.flow;

import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.edge.Action;
import dev.backstop.edge.MessageFilter;
import dev.backstop.edge.TransactionFilter.Answer;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.answers.AnswerJudge.AtRecipient;
import dev.backstop.server.answers.AutomaticAnswer;
import dev.backstop.server.answers.Replays;
import dev.backstop.server.readiness.Learning;
import dev.backstop.server.recipients.Outcome.Undecided;
import dev.backstop.server.recipients.Outcome.Unknown;
import dev.backstop.server.recipients.Recipients;
import dev.backstop.server.rules.Rules;
import dev.backstop.server.senders.SenderMemory;
import dev.backstop.store.StoreException;
import java.util.List;
import java.util.Optional;

/**
 * Mail that comes to us: what {@link IncomingJudge} decides is done here, and written down. Safe
 * for all threads.
 */
public final class Incoming {
  private final Rules rules;
  private final IncomingJudge judge;
  private final Recipients recipients;
  private final Replays replays;
  private final SenderMemory memory;
  private final Learning learning;
  private final MailLog log;

  public Incoming(
      Rules rules,
      IncomingJudge judge,
      Recipients recipients,
      Replays replays,
      SenderMemory memory,
      Learning learning,
      MailLog log) {
    this.rules = rules;
    this.judge = judge;
    this.recipients = recipients;
    this.replays = replays;
    this.memory = memory;
    this.learning = learning;
    this.log = log;
  }

  /** RCPT TO. */
  Answer recipient(Transaction transaction, Mailbox recipient) {
    AtRecipient judged = judge.recipient(transaction, recipient);
    judge.countGuess(transaction, recipient);
    return switch (judged) {
      case AtRecipient.Read _ -> existing(transaction, recipient);
      case AtRecipient.Slow _ -> {
        log.slowed(transaction, recipient);
        yield new Answer.Refuse(Refusals.slowed());
      }
      case AtRecipient.Refuse refuse -> {
        log.refusedAtRecipient(transaction, recipient, refuse);
        yield new Answer.Refuse(Refusals.atRecipient(refuse));
      }
    };
  }

  /** Our own server hands over what it has accepted already: nobody is left to be told. */
  private Answer existing(Transaction transaction, Mailbox recipient) {
    if (transaction.peer().submittedLocally()) {
      return Answer.CONTINUE;
    }
    return switch (recipients.ask(recipient)) {
      case Unknown unknown -> {
        log.unknownRecipient(transaction, recipient, unknown.reason());
        yield new Answer.Refuse(Refusals.unknownRecipient(recipient));
      }
      case Undecided undecided -> {
        log.undecidedRecipient(transaction, recipient, undecided.reason());
        yield new Answer.Refuse(Refusals.undecidedRecipient(recipient));
      }
      default -> Answer.CONTINUE;
    };
  }

  /** The header is complete. */
  MessageFilter begin(Transaction transaction, List<HeaderField> header) {
    return new Reading(judge.begin(transaction, header));
  }

  /** One message. */
  private final class Reading implements MessageFilter {
    private final IncomingJudge.Message begun;

    Reading(IncomingJudge.Message begun) {
      this.begun = begun;
    }

    @Override
    public int bodyWanted() {
      return begun.bodyWanted();
    }

    @Override
    public boolean readsBody() {
      return begun.readsBody();
    }

    @Override
    public void body(byte[] octets, int start, int length) {
      begun.body(octets, start, length);
    }

    @Override
    public Action end(Transaction transaction, RawMessage message) {
      Optional<Outcome> outcome = begun.end(transaction, message);
      outcome.ifPresent(reached -> writeDown(transaction, message, begun.recipient(), reached));
      return outcome.map(Outcome::action).orElse(Action.ACCEPT);
    }
  }

  private void writeDown(
      Transaction transaction, RawMessage message, Mailbox recipient, Outcome outcome) {
    log.judged(transaction, recipient, outcome);
    learn(transaction, recipient, outcome);
    if (outcome.action() instanceof Action.Accept) {
      replays.remember(outcome.judged().uses());
      outcome.sender().ifPresent(sender -> remember(transaction, message, sender));
    }
  }

  private void learn(Transaction transaction, Mailbox recipient, Outcome outcome) {
    if (outcome.judged().decision().verdict() == Verdict.ORDINARY) {
      outcome
          .sender()
          .ifPresent(sender -> learning.came(transaction, sender.findings(), rules.config()));
    } else {
      learning.answered(
          transaction,
          AutomaticAnswer.plain(recipient),
          outcome.reading(),
          outcome.judged().decision());
    }
  }

  private void remember(Transaction transaction, RawMessage message, JudgedSender sender) {
    try {
      memory.remember(transaction, new Header(message.header()), sender.findings());
    } catch (StoreException e) {
      log.notRemembered(transaction, e);
    }
  }
}
