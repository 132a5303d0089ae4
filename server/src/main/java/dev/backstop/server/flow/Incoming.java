package dev.backstop.server.flow;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.MessageReader;
import dev.backstop.bounce.policy.Measure;
import dev.backstop.bounce.tag.TagCheck;
import dev.backstop.bounce.tag.TaggedAddress;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.edge.Action;
import dev.backstop.edge.MessageFilter;
import dev.backstop.edge.TransactionFilter.Answer;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.answers.AnswerJudge;
import dev.backstop.server.answers.AnswerJudge.AtRecipient;
import dev.backstop.server.answers.AutomaticAnswer;
import dev.backstop.server.answers.Fingerprint;
import dev.backstop.server.answers.Judged;
import dev.backstop.server.answers.RemoteHost;
import dev.backstop.server.answers.Replays;
import dev.backstop.server.config.DomainConfig;
import dev.backstop.server.header.OwnField;
import dev.backstop.server.rules.Rules;
import dev.backstop.server.senders.ResultsHeader;
import dev.backstop.server.senders.SenderCheck;
import dev.backstop.server.senders.SenderChecks;
import dev.backstop.server.senders.SenderDecision;
import dev.backstop.server.senders.SenderFindings;
import dev.backstop.server.senders.SenderHeader;
import dev.backstop.server.senders.SenderMemory;
import dev.backstop.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Mail that comes to us. Answers are judged by {@link AnswerJudge}, at RCPT and at the end, and the
 * senders of strangers' mail by {@link SenderChecks}; what comes of it is done here. Safe for all
 * threads.
 */
public final class Incoming {
  /** Octets of a bounce in which its report stands, before what it returns. */
  private static final int FORM_TELLS = 16 * 1024;

  private final Rules rules;
  private final AnswerJudge answers;
  private final Replays replays;
  private final Function<Peer, RemoteHost> remotes;
  private final SenderChecks checks;
  private final SenderMemory memory;
  private final MailLog log;
  private final InstantSource clock;

  public Incoming(
      Rules rules,
      AnswerJudge answers,
      Replays replays,
      Function<Peer, RemoteHost> remotes,
      SenderChecks checks,
      SenderMemory memory,
      MailLog log,
      InstantSource clock) {
    this.rules = rules;
    this.answers = answers;
    this.replays = replays;
    this.remotes = remotes;
    this.checks = checks;
    this.memory = memory;
    this.log = log;
    this.clock = clock;
  }

  /** RCPT TO. */
  Answer recipient(Transaction transaction, Mailbox recipient) {
    AtRecipient judged = answers.atRecipient(transaction, recipient);
    answers.countGuess(transaction, recipient);
    return switch (judged) {
      case AtRecipient.Read _ -> Answer.CONTINUE;
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

  /** The header is complete. */
  MessageFilter begin(Transaction transaction, List<HeaderField> header) {
    List<Mailbox> ours = ours(transaction);
    // Nobody's sender is checked for others: a relay asks no name servers for mail that it passes.
    Optional<SenderCheck> check =
        ours.isEmpty() ? Optional.empty() : checks.begin(transaction, header);
    return new Reading(ours, bodyWanted(transaction, ours), check);
  }

  /** One message. */
  private final class Reading implements MessageFilter {
    private final List<Mailbox> ours;
    private final int bodyWanted;
    private final Optional<SenderCheck> check;

    Reading(List<Mailbox> ours, int bodyWanted, Optional<SenderCheck> check) {
      this.ours = ours;
      this.bodyWanted = bodyWanted;
      this.check = check;
    }

    @Override
    public int bodyWanted() {
      return bodyWanted;
    }

    @Override
    public boolean readsBody() {
      return check.isPresent() && check.get().readsBody();
    }

    @Override
    public void body(byte[] octets, int start, int length) {
      check.ifPresent(begun -> begun.body(octets, start, length));
    }

    @Override
    public Action end(Transaction transaction, RawMessage message) {
      return ours.isEmpty() ? Action.ACCEPT : judge(transaction, message, ours, check);
    }
  }

  /**
   * Nothing is read of others' mail, and where the tag has proved the message already only as much
   * as tells its form.
   */
  private int bodyWanted(Transaction transaction, List<Mailbox> ours) {
    int limit = rules.config().milter().bodyLimit();
    if (ours.isEmpty()) {
      return 0;
    }
    return tagProves(transaction, ours) ? Math.min(FORM_TELLS, limit) : limit;
  }

  private boolean tagProves(Transaction transaction, List<Mailbox> ours) {
    Instant now = clock.instant();
    return isNull(transaction)
        && ours.stream()
            .anyMatch(recipient -> rules.tagger().verify(recipient, now) instanceof TagCheck.Valid);
  }

  /** End of the message. */
  private Action judge(
      Transaction transaction,
      RawMessage message,
      List<Mailbox> ours,
      Optional<SenderCheck> check) {
    AutomaticMail reading = MessageReader.read(message, transaction.reversePath());
    Judged judged = judge(transaction, message, ours, reading);
    if (judged.taken() == Measure.REFUSE) { // whoever sent it: nobody need be asked
      log.judged(transaction, ours.getFirst(), reading, judged, Optional.empty());
      return new Action.Refuse(Refusals.atEndOfMessage(judged.decision()));
    }
    Optional<JudgedSender> sender =
        check.map(begun -> judge(transaction, begun.finish(), judged, ours));
    log.judged(transaction, ours.getFirst(), reading, judged, sender);
    if (sender.isPresent() && sender.get().isRefused()) {
      return new Action.Refuse(Refusals.ofSender(sender.get()));
    }
    replays.remember(judged.uses());
    sender.ifPresent(checked -> remember(transaction, message, checked));
    return accept(transaction, message, ours, reading, judged, sender);
  }

  private Judged judge(
      Transaction transaction, RawMessage message, List<Mailbox> ours, AutomaticMail reading) {
    if (!reading.isAutomatic() && !isNull(transaction)) {
      return answers.ordinary(ours);
    }
    long fingerprint = Fingerprint.of(message.header());
    return answers.judge(
        new AutomaticAnswer(transaction, ours, reading, fingerprint, false),
        remotes.apply(transaction.peer()));
  }

  private Action accept(
      Transaction transaction,
      RawMessage message,
      List<Mailbox> ours,
      AutomaticMail reading,
      Judged judged,
      Optional<JudgedSender> sender) {
    List<Action.Edit> edits = new ArrayList<>();
    OwnField.removeForged(VerdictHeader.NAME, message.header(), edits);
    OwnField.removeForged(SenderHeader.NAME, message.header(), edits);
    untag(ours, edits);
    if (judged.decision().verdict() != Verdict.ORDINARY) {
      edits.add(VerdictHeader.of(judged, reading.form()));
    }
    sender.ifPresent(checked -> describe(transaction, message, checked, edits));
    if (judged.taken() == Measure.QUARANTINE) {
      edits.add(new Action.Edit.Quarantine(Refusals.quarantined(judged.decision())));
    }
    return edits.isEmpty() ? Action.ACCEPT : new Action.Accept(edits);
  }

  private JudgedSender judge(
      Transaction transaction, SenderFindings findings, Judged judged, List<Mailbox> ours) {
    return new JudgedSender(
        findings,
        SenderDecision.decide(
            findings,
            transaction.peer(),
            rules.config().dmarc(),
            dmarcMode(ours),
            judged.decision().verdict() == Verdict.GENUINE));
  }

  private void remember(Transaction transaction, RawMessage message, JudgedSender sender) {
    try {
      memory.remember(transaction, new Header(message.header()), sender.findings());
    } catch (StoreException e) {
      log.notRemembered(transaction, e);
    }
  }

  private void describe(
      Transaction transaction, RawMessage message, JudgedSender sender, List<Action.Edit> edits) {
    ResultsHeader.removeForged(message.header(), checks.name(), edits);
    if (sender.decision().asked() != Measure.PASS) {
      edits.add(SenderHeader.of(sender.decision()));
    }
    edits.add(ResultsHeader.of(checks.name(), transaction, sender.findings()));
  }

  /** The mailbox sees its own address, whatever the tag was worth; only a foreign dialect stays. */
  private static void untag(List<Mailbox> ours, List<Action.Edit> edits) {
    for (Mailbox recipient : ours) {
      Mailbox plain = TaggedAddress.read(recipient).plainOrNull();
      if (plain != null) {
        edits.add(new Action.Edit.ReplaceRecipient(recipient, plain));
      }
    }
  }

  private List<Mailbox> ours(Transaction transaction) {
    return transaction.recipients().stream()
        .filter(recipient -> rules.domainOf(recipient).isPresent())
        .toList();
  }

  /**
   * One message has one fate, so a domain that only observes protects it from the strictness of the
   * others.
   */
  private Mode dmarcMode(List<Mailbox> ours) {
    boolean all =
        ours.stream()
            .map(recipient -> rules.domainOf(recipient).map(DomainConfig::dmarc))
            .allMatch(mode -> mode.orElse(Mode.OBSERVE) == Mode.ENFORCE);
    return all ? Mode.ENFORCE : Mode.OBSERVE;
  }

  private static boolean isNull(Transaction transaction) {
    return transaction.reversePath() == NullReversePath.INSTANCE;
  }
}
