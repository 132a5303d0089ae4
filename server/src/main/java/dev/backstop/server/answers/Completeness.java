package dev.backstop.server.answers;

import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Proof;
import dev.backstop.bounce.tag.Tagger;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.store.Journal;
import dev.backstop.store.StoreException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What it means that the journal does not know a message. Contrary evidence needs a journal that
 * was complete when the message would have been sent, and that still has the rows of that day.
 */
final class Completeness {
  private static final Duration LATEST_ANSWER = Duration.ofDays(Tagger.LIFETIME_DAYS);

  private final Journal journal;
  private final Duration keep;

  Completeness(Journal journal, Duration keep) {
    this.journal = journal;
    this.keep = keep;
  }

  /** The answer names Message-IDs, and all are unknown. */
  Evidence unknown(AutomaticAnswer answer, Instant now) {
    Optional<Instant> since = since(answer, now);
    if (since.isEmpty()) {
      return Evidence.none(
          Proof.JOURNAL,
          "its Message-ID is not in the journal, which does not reach back far enough to know all"
              + " mail of "
              + domain(answer));
    }
    String detail =
        "its Message-ID is not in the journal, which has all mail of "
            + domain(answer)
            + " since "
            + JournalProof.day(since.get());
    return answer.isSurelyAnAnswer()
        ? Evidence.disproven(Proof.JOURNAL, detail)
        : Evidence.doubt(Proof.JOURNAL, detail);
  }

  /**
   * It names no Message-ID, and nobody of those who are answered wrote to anybody for whom it
   * speaks. The ones we wrote to may have passed the message on, so only that nothing was sent at
   * all is sure.
   */
  Evidence withoutMessageId(AutomaticAnswer answer, Instant now) throws StoreException {
    Optional<Instant> since = since(answer, now);
    if (since.isEmpty()) {
      return Evidence.none(Proof.JOURNAL, "it names no Message-ID to look for");
    }
    for (Mailbox writer : answer.writers()) {
      if (journal.lastSent(writer, now.minus(LATEST_ANSWER)).isPresent()) {
        return Evidence.doubt(
            Proof.JOURNAL, "by the journal, nobody wrote lately to those for whom it speaks");
      }
    }
    String detail =
        "by the journal, the address has sent no mail in the last "
            + LATEST_ANSWER.toDays()
            + " days";
    return answer.isSurelyAnAnswer()
        ? Evidence.disproven(Proof.JOURNAL, detail)
        : Evidence.doubt(Proof.JOURNAL, detail);
  }

  /** Since when the journal has everything; empty when the message may be older than that. */
  private Optional<Instant> since(AutomaticAnswer answer, Instant now) {
    Optional<Instant> latest = Optional.empty();
    Instant sent = date(answer.reading().returned().date()).orElse(now);
    for (Mailbox writer : answer.writers()) {
      Optional<Instant> since = journal.completeSince(writer.domain());
      if (since.isEmpty() || !covers(since.get(), sent, now)) {
        return Optional.empty();
      }
      latest = latest.filter(before -> before.isAfter(since.get())).or(() -> since);
    }
    return latest;
  }

  private boolean covers(Instant since, Instant sent, Instant now) {
    return since.isBefore(now.minus(LATEST_ANSWER))
        && sent.isAfter(since)
        && sent.isAfter(now.minus(keep));
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

  private static String domain(AutomaticAnswer answer) {
    return answer.writers().getFirst().domain();
  }
}
