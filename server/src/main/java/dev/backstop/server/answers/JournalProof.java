package dev.backstop.server.answers;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Proof;
import dev.backstop.bounce.proof.Respondents;
import dev.backstop.bounce.proof.Strength;
import dev.backstop.bounce.tag.Tagger;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.rules.Rules;
import dev.backstop.store.Journal;
import dev.backstop.store.JournalLookup;
import dev.backstop.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whether the journal knows the message that is answered: by its Message-ID and recipient, else by
 * who wrote to whom lately.
 *
 * <p>That the journal does not know it counts against the answer only where the journal has been
 * complete for as long as answers take.
 */
final class JournalProof {
  /** How late an answer may come that does not say when the message was sent. */
  private static final Duration LATEST_ANSWER = Duration.ofDays(Tagger.LIFETIME_DAYS);

  private static final int MAX_MESSAGE_IDS = 8;

  private final Rules rules;
  private final Journal journal;
  private final Replays replays;
  private final Completeness completeness;
  private final Consumer<StoreException> failed;

  JournalProof(Rules rules, Journal journal, Replays replays, Consumer<StoreException> failed) {
    this.rules = rules;
    this.journal = journal;
    this.replays = replays;
    this.failed = failed;
    this.completeness = new Completeness(journal, rules.config().journal().keep());
  }

  /** The finding, as it counts where the domain enforces. */
  Evidence of(AutomaticAnswer answer, RemoteHost remote, Uses uses, Instant now) {
    if (!answer.answersOneMessage()) {
      return Evidence.none(Proof.JOURNAL, "it is no answer to one message");
    }
    try {
      var question =
          new Question(answer, Respondents.withReturnedTo(answer.reading()).mailboxes(), now);
      Set<String> messageIds = messageIds(answer.reading());
      return messageIds.isEmpty()
          ? withoutMessageId(question, remote)
          : byMessageId(question, messageIds, uses);
    } catch (StoreException e) {
      failed.accept(e);
      return Evidence.error(Proof.JOURNAL, Strength.CONCLUSIVE, "the journal could not be read");
    }
  }

  /**
   * What is asked.
   *
   * @param respondents everybody for whom the answer speaks
   */
  private record Question(AutomaticAnswer answer, Set<Mailbox> respondents, Instant now) {}

  private Evidence byMessageId(Question question, Set<String> messageIds, Uses uses)
      throws StoreException {
    Optional<Evidence> toSomebodyElse = Optional.empty();
    for (String messageId : messageIds) {
      switch (journal.lookup(messageId, question.respondents())) {
        case JournalLookup.SentTo sent -> {
          return sentTo(sent, messageId, question, uses);
        }
        case JournalLookup.OtherRecipient other ->
            toSomebodyElse = Optional.of(toSomebodyElse(other, messageId, question, uses));
        case JournalLookup.Unknown _ -> {}
      }
    }
    return toSomebodyElse.isPresent() ? toSomebodyElse.get() : unknown(question, messageIds);
  }

  private Evidence sentTo(
      JournalLookup.SentTo sent, String messageId, Question question, Uses uses) {
    String found = "we sent the message to " + sent.recipient() + " on " + day(sent.at());
    Use use =
        Use.ofMessage(messageId, sent.recipient(), question.answer().fingerprint(), question.now());
    if (replays.isWorn(use, Replays.TO_MESSAGE)) {
      return Evidence.likely(Proof.JOURNAL, found + ", but it has been answered very often");
    }
    uses.add(use);
    return Evidence.proven(Proof.JOURNAL, found);
  }

  /**
   * An alias, a forwarder or a list may answer for the one we wrote to; so may somebody who learned
   * the Message-ID.
   */
  private Evidence toSomebodyElse(
      JournalLookup.OtherRecipient other, String messageId, Question question, Uses uses) {
    Use use = Use.ofMessageToOthers(messageId, question.answer().fingerprint(), question.now());
    boolean late = other.at().isBefore(question.now().minus(LATEST_ANSWER));
    if (late || replays.isWorn(use, Replays.TO_MESSAGE_BY_OTHERS)) {
      return Evidence.none(
          Proof.JOURNAL,
          "we sent that Message-ID, but to nobody who is named in this answer, and "
              + (late ? "long ago" : "it has been answered very often"));
    }
    uses.add(use);
    return Evidence.likely(
        Proof.JOURNAL,
        "we sent that Message-ID on "
            + day(other.at())
            + ", but to nobody who is named in this answer");
  }

  /**
   * Some smart hosts put a Message-ID of their own in the place of ours; who names a host of ours
   * has made it up.
   */
  private Evidence unknown(Question question, Set<String> messageIds) throws StoreException {
    boolean namesUs = messageIds.stream().anyMatch(id -> rules.isHostOfOurs(hostOf(id)));
    Optional<Wrote> wrote = namesUs ? Optional.empty() : wrote(question);
    return wrote.isPresent()
        ? Evidence.likely(
            Proof.JOURNAL,
            "its Message-ID is not in the journal, but "
                + wrote.get().writer()
                + " wrote to "
                + wrote.get().recipient()
                + " on "
                + day(wrote.get().at()))
        : completeness.unknown(question.answer(), question.now());
  }

  private Evidence withoutMessageId(Question question, RemoteHost remote) throws StoreException {
    Optional<Wrote> wrote = wrote(question);
    if (wrote.isEmpty()) {
      return completeness.withoutMessageId(question.answer(), question.now());
    }
    Wrote found = wrote.get();
    String detail = found.writer() + " wrote to " + found.recipient() + " on " + day(found.at());
    return remote.answersFor(found.recipient())
        ? Evidence.proven(Proof.JOURNAL, detail + ", whose mail server gives this answer")
        : Evidence.likely(
            Proof.JOURNAL, detail + ", but the host that answers is not known for that domain");
  }

  /** One of our addresses wrote to somebody for whom the answer speaks. */
  private record Wrote(Mailbox writer, Mailbox recipient, Instant at) {}

  private Optional<Wrote> wrote(Question question) throws StoreException {
    Instant since = question.now().minus(LATEST_ANSWER);
    for (Mailbox writer : question.answer().writers()) {
      for (Mailbox recipient : question.respondents()) {
        Optional<Instant> at = journal.lastWrote(writer, Set.of(recipient), since);
        if (at.isPresent()) {
          return Optional.of(new Wrote(writer, recipient, at.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static Set<String> messageIds(AutomaticMail reading) {
    Set<String> messageIds = new LinkedHashSet<>();
    String returned = reading.returned().messageId();
    if (returned != null) {
      messageIds.add(returned);
    }
    for (String reference : reading.references().reversed()) {
      if (messageIds.size() < MAX_MESSAGE_IDS) {
        messageIds.add(reference);
      }
    }
    return messageIds;
  }

  /** What stands after the @ of a Message-ID (RFC 5322 §3.6.4). */
  private static String hostOf(String messageId) {
    int at = messageId.lastIndexOf('@');
    int end = messageId.endsWith(">") ? messageId.length() - 1 : messageId.length();
    return at < 0 || at >= end ? "" : messageId.substring(at + 1, end);
  }

  static String day(Instant at) {
    return DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(at);
  }
}
