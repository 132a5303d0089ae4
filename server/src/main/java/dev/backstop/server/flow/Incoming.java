package dev.backstop.server.flow;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.MessageReader;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Finding;
import dev.backstop.bounce.proof.Proof;
import dev.backstop.bounce.proof.TagProof;
import dev.backstop.bounce.tag.TagCheck;
import dev.backstop.bounce.tag.TaggedAddress;
import dev.backstop.bounce.verdict.Decision;
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
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.config.DomainConfig;
import dev.backstop.server.header.OwnField;
import dev.backstop.server.senders.Measure;
import dev.backstop.server.senders.ResultsHeader;
import dev.backstop.server.senders.SenderCheck;
import dev.backstop.server.senders.SenderChecks;
import dev.backstop.server.senders.SenderDecision;
import dev.backstop.server.senders.SenderFindings;
import dev.backstop.server.senders.SenderHeader;
import dev.backstop.server.senders.SenderMemory;
import dev.backstop.store.Journal;
import dev.backstop.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Mail that comes to us. What has the null sender is judged by the tag of its recipient before any
 * data; what the tag does not decide is read and the journal asked. Safe for all threads.
 */
public final class Incoming {
  /** Octets of a bounce in which its report stands, before what it returns. */
  private static final int FORM_TELLS = 16 * 1024;

  private final Rules rules;
  private final UntaggedSenders untagged;
  private final JournalProof journalProof;
  private final SenderChecks checks;
  private final SenderMemory memory;
  private final MailLog log;
  private final InstantSource clock;

  public Incoming(
      Rules rules,
      Journal journal,
      UntaggedSenders untagged,
      SenderChecks checks,
      SenderMemory memory,
      MailLog log,
      InstantSource clock) {
    this.rules = rules;
    this.checks = checks;
    this.memory = memory;
    this.untagged = untagged;
    this.journalProof = new JournalProof(rules, journal);
    this.log = log;
    this.clock = clock;
  }

  /** RCPT TO after {@code MAIL FROM:<>}. */
  Answer recipient(Transaction transaction, Mailbox recipient) {
    Optional<DomainConfig> domain = rules.domainOf(recipient);
    if (domain.isEmpty()
        || domain.get().mode() == Mode.OBSERVE
        || transaction.peer().submittedLocally()) {
      return Answer.CONTINUE;
    }
    TagCheck check = rules.tagger().verify(recipient, clock.instant());
    return switch (check) {
      case TagCheck.Valid _, TagCheck.Foreign _ -> Answer.CONTINUE;
      case TagCheck.Expired _, TagCheck.Invalid _ -> refuse(transaction, recipient, check);
      case TagCheck.Missing missing ->
          isAlwaysReachable(missing.plain()) || mayHaveSentUntagged(missing.plain())
              ? Answer.CONTINUE
              : refuse(transaction, recipient, check);
    };
  }

  private Answer refuse(Transaction transaction, Mailbox recipient, TagCheck check) {
    Decision decision = Decision.decide(true, List.of(TagProof.of(check)), Mode.ENFORCE);
    log.refusedAtRecipient(transaction, recipient, check.plain(), decision);
    return new Answer.Refuse(Refusals.atRecipient(check));
  }

  /**
   * RFC 5321 §4.5.1 and RFC 2142: these must take mail whatever it looks like, so that the others'
   * admins can reach us.
   */
  private static boolean isAlwaysReachable(Mailbox plain) {
    return plain.localPart().equalsIgnoreCase("postmaster")
        || plain.localPart().equalsIgnoreCase("abuse");
  }

  /**
   * Whether answers without a tag can be genuine: mail to exceptions leaves without one. When the
   * store cannot tell, they can.
   */
  private boolean mayHaveSentUntagged(Mailbox plain) {
    try {
      return untagged.contains(plain);
    } catch (StoreException e) {
      log.lookupFailed(e);
      return true;
    }
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
    Mode mode = commonMode(ours, DomainConfig::mode);
    boolean automatic = reading.isAutomatic() || isNull(transaction);
    List<Evidence> evidence = automatic ? evidence(transaction, ours, reading) : List.of();
    Decision decision = Decision.decide(automatic, evidence, mode);
    // A server's own bounces are never refused: there is nobody in the session who could take them
    // back.
    boolean refused =
        decision.verdict() == Verdict.BACKSCATTER && !transaction.peer().submittedLocally();
    if (refused) { // whoever sent it: nobody need be asked
      log.judged(
          transaction, ours.getFirst(), reading, decision, mode, "refused", Optional.empty());
      return new Action.Refuse(Refusals.atEndOfMessage(decision));
    }
    Optional<JudgedSender> sender =
        check.map(begun -> judge(transaction, begun.finish(), decision, ours));
    boolean senderRefused = sender.isPresent() && sender.get().isRefused();
    String action = senderRefused ? "refused" : "passed";
    log.judged(transaction, ours.getFirst(), reading, decision, mode, action, sender);
    if (senderRefused) {
      return new Action.Refuse(Refusals.ofSender(sender.orElseThrow()));
    }
    sender.ifPresent(judged -> remember(transaction, message, judged));
    List<Action.Edit> edits = new ArrayList<>();
    OwnField.removeForged(VerdictHeader.NAME, message.header(), edits);
    OwnField.removeForged(SenderHeader.NAME, message.header(), edits);
    untag(ours, edits);
    if (decision.verdict() != Verdict.ORDINARY) {
      edits.add(VerdictHeader.of(decision, reading.form(), mode));
    }
    sender.ifPresent(judged -> describe(transaction, message, judged, edits));
    return edits.isEmpty() ? Action.ACCEPT : new Action.Accept(edits);
  }

  private JudgedSender judge(
      Transaction transaction, SenderFindings findings, Decision decision, List<Mailbox> ours) {
    return new JudgedSender(
        findings,
        SenderDecision.decide(
            findings,
            transaction.peer(),
            rules.config().dmarc(),
            commonMode(ours, DomainConfig::dmarc),
            decision.verdict() == Verdict.GENUINE));
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

  private List<Evidence> evidence(
      Transaction transaction, List<Mailbox> ours, AutomaticMail reading) {
    List<Evidence> evidence = new ArrayList<>(2);
    Instant now = clock.instant();
    if (isNull(transaction)) {
      evidence.add(tagEvidence(ours, now));
      if (evidence.getFirst().finding() == Finding.PROVEN) {
        return evidence;
      }
    }
    evidence.add(journalProof.of(reading, ours.getFirst().domain(), now));
    return evidence;
  }

  /**
   * Of several recipients the one that proves most counts: a genuine answer must not be lost for
   * its company.
   */
  private Evidence tagEvidence(List<Mailbox> ours, Instant now) {
    Evidence first = null;
    for (Mailbox recipient : ours) {
      Evidence found = tagEvidence(recipient, now);
      if (first == null || found.finding().compareTo(first.finding()) < 0) {
        first = found;
      }
    }
    return Objects.requireNonNull(first, "a message has a recipient");
  }

  private Evidence tagEvidence(Mailbox recipient, Instant now) {
    TagCheck check = rules.tagger().verify(recipient, now);
    if (check instanceof TagCheck.Missing missing
        && (isAlwaysReachable(missing.plain()) || mayHaveSentUntagged(missing.plain()))) {
      return Evidence.none(Proof.BATV, "the address carries no tag, as some mail of it does");
    }
    return TagProof.of(check);
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
  private Mode commonMode(List<Mailbox> ours, Function<DomainConfig, Mode> mode) {
    boolean allEnforce =
        ours.stream()
            .allMatch(
                recipient -> mode.apply(rules.domainOf(recipient).orElseThrow()) == Mode.ENFORCE);
    return allEnforce ? Mode.ENFORCE : Mode.OBSERVE;
  }

  private static boolean isNull(Transaction transaction) {
    return transaction.reversePath() == NullReversePath.INSTANCE;
  }
}
