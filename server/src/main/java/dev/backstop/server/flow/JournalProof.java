package dev.backstop.server.flow;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.ReportedRecipient;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Proof;
import dev.backstop.bounce.proof.Strength;
import dev.backstop.bounce.tag.Tagger;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.store.Journal;
import dev.backstop.store.JournalLookup;
import dev.backstop.store.StoreException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the journal knows the message that is answered.
 *
 * <p>It proves that we sent this Message-ID to this recipient. Somebody who received mail from us
 * knows such a pair and can answer with it, as any correspondent can. That the journal does not
 * know a Message-ID counts against the message only where the journal has been complete for as long
 * as answers take.
 */
final class JournalProof {
  /** How late an answer may come whose message carries no date: as long as a tag counts. */
  private static final Duration LATEST_ANSWER = Duration.ofDays(Tagger.LIFETIME_DAYS);

  private static final int MAX_MESSAGE_IDS = 8;
  private static final int MAX_RECIPIENTS = 32;

  private final Journal journal;
  private final Rules rules;

  JournalProof(Rules rules, Journal journal) {
    this.rules = rules;
    this.journal = journal;
  }

  /**
   * The finding, as it counts where the domain enforces.
   *
   * @param domain the one that was answered
   */
  Evidence of(AutomaticMail reading, String domain, Instant now) {
    Set<String> messageIds = messageIds(reading);
    if (messageIds.isEmpty()) {
      return Evidence.none(Proof.JOURNAL, "it names no Message-ID to look for");
    }
    try {
      return find(messageIds, reading, domain, now);
    } catch (StoreException e) {
      return Evidence.error(Proof.JOURNAL, Strength.CONCLUSIVE, "the journal could not be read");
    }
  }

  private Evidence find(Set<String> messageIds, AutomaticMail reading, String domain, Instant now)
      throws StoreException {
    Set<Mailbox> recipients = recipients(reading);
    boolean toSomebodyElse = false;
    for (String messageId : messageIds) {
      switch (journal.lookup(messageId, recipients)) {
        case JournalLookup.SentTo sent -> {
          return Evidence.proven(
              Proof.JOURNAL,
              "we sent the message to " + sent.recipient() + " on " + day(sent.at()));
        }
        case JournalLookup.OtherRecipient _ -> toSomebodyElse = true;
        case JournalLookup.Unknown _ -> {}
      }
    }
    if (toSomebodyElse) {
      // An alias, a forwarder or a list may answer for the one we wrote to; so may somebody who
      // learned the Message-ID.
      return Evidence.none(
          Proof.JOURNAL, "we sent that Message-ID, but to nobody who is named in this answer");
    }
    if (!rules.isHostOfOurs(hostOf(messageIds.iterator().next()))) {
      // Some smart hosts put a Message-ID of their own in the place of ours.
      return Evidence.none(
          Proof.JOURNAL, "its Message-ID is not in the journal, but names no host of ours either");
    }
    return unknown(reading.returned().date(), domain, now);
  }

  /**
   * Contrary evidence needs a journal that was complete when the message would have been sent, and
   * that still has the rows of that day.
   */
  private Evidence unknown(@Nullable String date, String domain, Instant now)
      throws StoreException {
    Optional<Instant> since = journal.completeSince(domain);
    boolean covered =
        since.isPresent()
            && since.get().isBefore(now.minus(LATEST_ANSWER))
            && isCovered(date(date).orElse(now), since.get(), now);
    return covered
        ? Evidence.disproven(
            Proof.JOURNAL,
            "its Message-ID is not in the journal, which has all mail of "
                + domain
                + " since "
                + day(since.get()))
        : Evidence.none(
            Proof.JOURNAL,
            "its Message-ID is not in the journal, which does not reach back far enough to know all"
                + " mail of "
                + domain);
  }

  private boolean isCovered(Instant sent, Instant since, Instant now) {
    return sent.isAfter(since) && sent.isAfter(now.minus(rules.config().journal().keep()));
  }

  /** The Date of the returned message, for what it is worth: an old one only makes us lenient. */
  private static Optional<Instant> date(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    int comment = text.indexOf('(');
    String date = (comment < 0 ? text : text.substring(0, comment)).strip();
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
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

  /** Everybody for whom this message can speak. */
  private static Set<Mailbox> recipients(AutomaticMail reading) {
    Set<Mailbox> recipients = new LinkedHashSet<>();
    for (ReportedRecipient reported : reading.recipients()) {
      add(recipients, reported.finalRecipient());
      add(recipients, reported.originalRecipient());
    }
    reading.returned().to().forEach(to -> add(recipients, to));
    add(recipients, reading.from());
    return recipients;
  }

  private static void add(Set<Mailbox> recipients, @Nullable String address) {
    if (address == null || recipients.size() >= MAX_RECIPIENTS) {
      return;
    }
    try {
      recipients.add(Mailbox.parse(address));
    } catch (AddressSyntaxException _) {
      // Not an address that we can have written to.
    }
  }

  /** What stands after the @ of a Message-ID (RFC 5322 §3.6.4). */
  private static String hostOf(String messageId) {
    int at = messageId.lastIndexOf('@');
    int end = messageId.endsWith(">") ? messageId.length() - 1 : messageId.length();
    return at < 0 || at >= end ? "" : messageId.substring(at + 1, end);
  }

  private static String day(Instant at) {
    return DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(at);
  }
}
