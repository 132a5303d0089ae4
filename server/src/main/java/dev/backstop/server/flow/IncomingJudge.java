package dev.backstop.server.flow;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.MessageReader;
import dev.backstop.bounce.policy.Measure;
import dev.backstop.bounce.tag.TagCheck;
import dev.backstop.bounce.tag.TaggedAddress;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.edge.Action;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.answers.AnswerJudge;
import dev.backstop.server.answers.AutomaticAnswer;
import dev.backstop.server.answers.Fingerprint;
import dev.backstop.server.answers.Judged;
import dev.backstop.server.answers.RemoteHost;
import dev.backstop.server.config.DomainConfig;
import dev.backstop.server.header.OwnField;
import dev.backstop.server.rules.Rules;
import dev.backstop.server.senders.ResultsHeader;
import dev.backstop.server.senders.SenderCheck;
import dev.backstop.server.senders.SenderChecks;
import dev.backstop.server.senders.SenderDecision;
import dev.backstop.server.senders.SenderFindings;
import dev.backstop.server.senders.SenderHeader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that is decided about incoming mail, and nothing that is done for it: the server and {@code
 * backstop check} ask the same. Answers are judged by {@link AnswerJudge}, the senders of
 * strangers' mail by {@link SenderChecks}. Safe for all threads.
 */
public final class IncomingJudge {
  /** Octets of a bounce in which its report stands, before what it returns. */
  private static final int FORM_TELLS = 16 * 1024;

  private final Rules rules;
  private final AnswerJudge answers;
  private final Function<Peer, RemoteHost> remotes;
  private final SenderChecks checks;
  private final InstantSource clock;

  /**
   * Judges by these rules.
   *
   * @param remotes what is known of a client beside its address
   */
  public IncomingJudge(
      Rules rules,
      AnswerJudge answers,
      Function<Peer, RemoteHost> remotes,
      SenderChecks checks,
      InstantSource clock) {
    this.rules = rules;
    this.answers = answers;
    this.remotes = remotes;
    this.checks = checks;
    this.clock = clock;
  }

  /** What is said to RCPT TO. */
  public AnswerJudge.AtRecipient recipient(Transaction transaction, Mailbox recipient) {
    return answers.atRecipient(transaction, recipient);
  }

  /** Counts a tag that we did not make. */
  void countGuess(Transaction transaction, Mailbox recipient) {
    answers.countGuess(transaction, recipient);
  }

  /** The header is complete. */
  public Message begin(Transaction transaction, List<HeaderField> header) {
    List<Mailbox> ours =
        transaction.recipients().stream()
            .filter(recipient -> rules.domainOf(recipient).isPresent())
            .toList();
    // Nobody's sender is checked for others: a relay asks no name servers for mail that it passes.
    Optional<SenderCheck> check =
        ours.isEmpty() ? Optional.empty() : checks.begin(transaction, header);
    return new Message(ours, bodyWanted(transaction, ours), check);
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

  /** One message, from the end of its header on. For one thread at a time. */
  public final class Message {
    private final List<Mailbox> ours;
    private final int bodyWanted;
    private final Optional<SenderCheck> check;

    private Message(List<Mailbox> ours, int bodyWanted, Optional<SenderCheck> check) {
      this.ours = ours;
      this.bodyWanted = bodyWanted;
      this.check = check;
    }

    /** Octets of the body that {@link #end} needs. */
    public int bodyWanted() {
      return bodyWanted;
    }

    /** Whether {@link #body} is to be given the whole body. */
    public boolean readsBody() {
      return check.isPresent() && check.get().readsBody();
    }

    /** The next piece of the body. */
    public void body(byte[] octets, int start, int length) {
      check.ifPresent(begun -> begun.body(octets, start, length));
    }

    /**
     * After the last octet of the body.
     *
     * @return empty for mail to nobody of ours
     */
    public Optional<Outcome> end(Transaction transaction, RawMessage message) {
      return ours.isEmpty()
          ? Optional.empty()
          : Optional.of(judge(transaction, message, ours, check));
    }

    /** The first recipient in our domains. */
    Mailbox recipient() {
      return ours.getFirst();
    }
  }

  private Outcome judge(
      Transaction transaction,
      RawMessage message,
      List<Mailbox> ours,
      Optional<SenderCheck> check) {
    AutomaticMail reading = MessageReader.read(message, transaction.reversePath());
    Judged judged = judge(transaction, message, ours, reading);
    if (judged.taken() == Measure.REFUSE) { // whoever sent it: nobody need be asked
      var refuse = new Action.Refuse(Refusals.atEndOfMessage(judged.decision()));
      return new Outcome(reading, judged, Optional.empty(), refuse);
    }
    Optional<JudgedSender> sender =
        check.map(begun -> judge(transaction, begun.finish(), judged, ours));
    Action action =
        sender
            .filter(JudgedSender::isRefused)
            .map(refused -> (Action) new Action.Refuse(Refusals.ofSender(refused)))
            .orElseGet(() -> accept(transaction, message, ours, reading, judged, sender));
    return new Outcome(reading, judged, sender, action);
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

  private static boolean isNull(Transaction transaction) {
    return transaction.reversePath() == NullReversePath.INSTANCE;
  }
}
