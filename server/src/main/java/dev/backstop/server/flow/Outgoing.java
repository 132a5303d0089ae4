package dev.backstop.server.flow;

import dev.backstop.auth.dkim.DkimSigning;
import dev.backstop.auth.dkim.SigningResult;
import dev.backstop.bounce.tag.TaggedAddress;
import dev.backstop.edge.Action;
import dev.backstop.edge.MessageFilter;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Reply;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.answers.UntaggedSenders;
import dev.backstop.server.config.DomainConfig;
import dev.backstop.server.config.Milter.OnStoreFailure;
import dev.backstop.server.readiness.Learning;
import dev.backstop.server.rules.Rules;
import dev.backstop.store.Journal;
import dev.backstop.store.JournalEntry;
import dev.backstop.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Our own mail on its way out: every recipient is written to the journal before the message goes
 * on, and the envelope sender is signed. Safe for all threads.
 */
public final class Outgoing {
  private final Rules rules;
  private final Tokens tokens;
  private final Journal journal;
  private final UntaggedSenders untagged;
  private final Learning learning;
  private final MailLog log;
  private final InstantSource clock;

  public Outgoing(
      Rules rules,
      Journal journal,
      UntaggedSenders untagged,
      Learning learning,
      MailLog log,
      InstantSource clock) {
    this.rules = rules;
    this.tokens = new Tokens(rules.token());
    this.journal = journal;
    this.untagged = untagged;
    this.learning = learning;
    this.log = log;
    this.clock = clock;
  }

  /** The header is complete; the body is only read, and that only when the message is signed. */
  MessageFilter begin(Transaction transaction, List<HeaderField> header) {
    Mailbox sender = (Mailbox) transaction.reversePath(); // Rules.isOutgoing saw to it
    Optional<String> given = messageId(header);
    String messageId = given.orElseGet(() -> newMessageId(sender));
    Optional<String> token =
        rules.config().tagging().token()
            ? tokens.missing(sender, messageId, header, clock.instant())
            : Optional.empty();
    List<HeaderField> named = given.isPresent() ? header : withMessageId(header, messageId);
    List<HeaderField> leaving = token.map(value -> Tokens.with(value, named)).orElse(named);
    Optional<DkimSigning> signing =
        rules.signers().of(sender, header).map(signer -> signer.begin(leaving));
    return new Leaving(sender, messageId, given.isEmpty(), token, signing);
  }

  /** One message. */
  private final class Leaving implements MessageFilter {
    private final Mailbox sender;
    private final String messageId;
    private final boolean addsMessageId;
    private final Optional<String> token;
    private final Optional<DkimSigning> signing;

    Leaving(
        Mailbox sender,
        String messageId,
        boolean addsMessageId,
        Optional<String> token,
        Optional<DkimSigning> signing) {
      this.sender = sender;
      this.messageId = messageId;
      this.addsMessageId = addsMessageId;
      this.token = token;
      this.signing = signing;
    }

    @Override
    public int bodyWanted() {
      return 0;
    }

    @Override
    public boolean readsBody() {
      return signing.isPresent();
    }

    @Override
    public void body(byte[] octets, int start, int length) {
      signing.ifPresent(begun -> begun.body(octets, start, length));
    }

    @Override
    public Action end(Transaction transaction, RawMessage message) {
      List<Action.Edit> edits = new ArrayList<>(4);
      if (addsMessageId) {
        edits.add(new Action.Edit.InsertHeader("Message-ID", messageId));
      }
      token.ifPresent(value -> Tokens.edit(value, message.header(), edits));
      Signed signed = signature(edits);
      return release(transaction, message, sender, messageId, signed, edits);
    }

    private Signed signature(List<Action.Edit> edits) {
      if (signing.isEmpty()) {
        return Signed.NO_KEY;
      }
      return switch (signing.get().finish(clock.instant())) {
        case SigningResult.Refused refused -> new Signed("no: " + refused.reason());
        case SigningResult.Signed signed -> {
          for (HeaderField field : signed.fields().reversed()) { // each goes to the very top
            String value = new String(field.value(), StandardCharsets.US_ASCII).strip();
            edits.add(new Action.Edit.InsertHeader(field.name(), value));
          }
          yield Signed.YES;
        }
      };
    }
  }

  /**
   * Whether it leaves with a DKIM signature, for the log.
   *
   * @param note {@code yes}, or why not
   */
  record Signed(String note) {
    static final Signed YES = new Signed("yes");
    static final Signed NO_KEY = new Signed("no-key");
  }

  private Action release(
      Transaction transaction,
      RawMessage message,
      Mailbox sender,
      String messageId,
      Signed signed,
      List<Action.Edit> edits) {
    Instant now = clock.instant();
    Signing signing = sign(sender, transaction.recipients(), now);
    boolean answersComeTagged = signing.tagged() && !asksForReceipt(message);
    var entry =
        new JournalEntry(
            messageId,
            signing.plain(),
            transaction.recipients(),
            now,
            answersComeTagged,
            AnswerAddresses.of(message.header(), rules, signing.plain()));
    boolean journaled = true;
    try {
      journal.record(entry);
      untagged.handIn();
    } catch (StoreException e) {
      journaled = false;
      log.journalFailed(transaction, e);
      if (rules.config().milter().onStoreFailure() == OnStoreFailure.TEMPFAIL) {
        return new Action.Refuse(
            new Reply(
                451,
                "4.3.0",
                "The journal cannot be written at the moment, please try again later"));
      }
    }
    if (!journaled && !answersComeTagged) {
      untagged.lost(entry);
    }
    if (signing.replacement() != null) {
      edits.add(new Action.Edit.ChangeSender(signing.replacement()));
    }
    log.sent(transaction, messageId, signing, signed, journaled);
    learning.sent(transaction, signing.plain(), signing.tagged(), signing.note());
    return edits.isEmpty() ? Action.ACCEPT : new Action.Accept(edits);
  }

  /**
   * What happens to the sender.
   *
   * @param plain the user's own address
   * @param replacement the signed address to send with, or {@code null} when the sender stays as it
   *     is
   * @param tagged whether the message leaves with a tag of ours
   * @param note why, for the log
   */
  record Signing(Mailbox plain, @Nullable Mailbox replacement, boolean tagged, String note) {}

  private Signing sign(Mailbox sender, List<Mailbox> recipients, Instant now) {
    return switch (TaggedAddress.read(sender)) {
      case TaggedAddress.Ours ours ->
          new Signing(ours.plain(), null, true, "was-tagged"); // never twice
      case TaggedAddress.Foreign foreign ->
          new Signing(sender, null, false, "foreign-" + foreign.dialect());
      case TaggedAddress.Plain _ -> signPlain(sender, recipients, now);
    };
  }

  /** The sender with which mail of that one leaves, but to the destinations that are excepted. */
  ReversePath usualSender(Mailbox sender) {
    Mailbox tagged = sign(sender, List.of(), clock.instant()).replacement();
    return tagged == null ? sender : tagged;
  }

  private Signing signPlain(Mailbox sender, List<Mailbox> recipients, Instant now) {
    // The envelope has one sender for all recipients, so one exception among them leaves the whole
    // message plain; the journal remembers that this sender
    // has mail without a tag on its way, and Incoming minds it.
    if (recipients.stream().anyMatch(rules.config().tagging()::excepts)) {
      return new Signing(sender, null, false, "exception");
    }
    DomainConfig domain = rules.domainOf(sender).orElseThrow();
    Optional<Mailbox> tagged = rules.tagger().sign(sender, domain.tagForm(), now);
    return tagged
        .map(address -> new Signing(sender, address, true, "signed"))
        .orElseGet(() -> new Signing(sender, null, false, "local-part-too-long"));
  }

  /**
   * A read receipt has the null sender and goes to the address in this field (RFC 8098 §2.1, §3),
   * which nobody signs: it must be judged by what it says, not by its recipient.
   */
  private static boolean asksForReceipt(RawMessage message) {
    return message.header().stream()
        .anyMatch(field ->
            field.nameIs("Disposition-Notification-To") || field.nameIs("Return-Receipt-To"));
  }

  private static Optional<String> messageId(List<HeaderField> header) {
    return header.stream()
        .filter(field -> field.nameIs("Message-ID"))
        .map(HeaderField::text)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  /**
   * A message without a Message-ID could not be found again in the journal; submission servers may
   * add one (RFC 6409 §8.3).
   */
  private static String newMessageId(Mailbox sender) {
    return "<" + UUID.randomUUID() + "@" + sender.domain() + ">";
  }

  private static List<HeaderField> withMessageId(List<HeaderField> header, String messageId) {
    List<HeaderField> all = new ArrayList<>(header.size() + 1);
    all.add(new HeaderField("Message-ID", (" " + messageId).getBytes(StandardCharsets.US_ASCII)));
    all.addAll(header);
    return all;
  }
}
