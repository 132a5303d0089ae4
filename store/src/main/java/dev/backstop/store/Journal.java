package dev.backstop.store;

import dev.backstop.mail.address.Mailbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What we sent. Thread-safe; methods block the calling (virtual) thread for at most a few seconds
 * and are refused at once while the store fails.
 */
public final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  /** Recipients that one question may name: each costs a seek for each day kept. */
  private static final int MOST_ASKED = 100;

  private final Hashes hashes;
  private final @Nullable Writer writer;
  private final Readers readers;
  private final Database database;
  private final Completeness completeness;
  private final StoreCounters counters;
  private final Duration keep;
  private final InstantSource clock;

  Journal(
      Hashes hashes,
      @Nullable Writer writer,
      Readers readers,
      Database database,
      Completeness completeness,
      StoreCounters counters,
      Duration keep,
      InstantSource clock) {
    this.hashes = hashes;
    this.writer = writer;
    this.readers = readers;
    this.database = database;
    this.completeness = completeness;
    this.counters = counters;
    this.keep = keep;
    this.clock = clock;
  }

  /**
   * Writes a row for each recipient, notes who wrote to whom, and returns when they are on disk:
   * the message may go. Sending one Message-ID to one recipient again keeps the newest time.
   *
   * @throws StoreException when it is not certain that they are on disk. Until the store works
   *     again {@link #completeSince} is empty, and then it is that moment
   */
  public void record(JournalEntry entry) throws StoreException {
    Writer writing = writer();
    try {
      writing.write(hashed(entry));
    } catch (StoreException | RuntimeException | Error e) {
      counters.failures.increment();
      completeness.lost();
      throw e;
    }
  }

  private Write.Sent hashed(JournalEntry entry) {
    String id = entry.messageId();
    return new Write.Sent(
        id == null || id.isBlank() ? hashes.noMessage() : hashes.message(id),
        entry.recipients().stream().mapToLong(hashes::recipient).toArray(),
        hashes.sender(entry.sender()),
        Stream.concat(Stream.of(entry.sender()), entry.alsoAs().stream())
            .mapToLong(hashes::writer)
            .distinct()
            .toArray(),
        hashes.everybody(),
        hashes.domain(entry.sender().domain()),
        entry.at().getEpochSecond(),
        entry.tagged());
  }

  /**
   * Names the domains all of whose mail is recorded from now on: call it at start and when the
   * configuration changes. A domain that was named before goes on; one that is not named is
   * forgotten, because its mail may have been sent unrecorded. (A domain also begins with its first
   * recorded mail.)
   *
   * @throws StoreException when that could not be written
   */
  public void begin(Collection<String> domains) throws StoreException {
    writer().write(new Write.Begin(domains.stream().mapToLong(hashes::domain).toArray()));
  }

  /**
   * Did we send this message to any of these?
   *
   * @param messageId compared without regard to ASCII case and white space
   * @param recipients compared without regard to case; when empty, a message that we did send
   *     answers {@link JournalLookup.OtherRecipient}
   * @throws StoreException when the store cannot tell: that is no evidence against anything
   */
  public JournalLookup lookup(String messageId, Collection<Mailbox> recipients)
      throws StoreException {
    byte[] message = hashes.message(messageId);
    Instant now = clock.instant();
    long oldest = now.minus(keep).getEpochSecond();
    return readers.ask(session -> {
      // First the question that backscatter answers with no: a flood asks nothing else.
      if (!JournalTable.isSent(session, message, now, oldest)) {
        return JournalLookup.UNKNOWN;
      }
      for (Mailbox recipient : recipients) {
        OptionalLong at =
            JournalTable.sent(session, message, hashes.recipient(recipient), now, oldest);
        if (at.isPresent()) {
          return new JournalLookup.SentTo(recipient, Instant.ofEpochSecond(at.getAsLong()));
        }
      }
      OptionalLong last = JournalTable.lastSent(session, message, now, oldest);
      return new JournalLookup.OtherRecipient(Instant.ofEpochSecond(last.orElse(oldest)));
    });
  }

  /**
   * When this address of ours last wrote to any of these: for answers that return no Message-ID.
   * Looks back as far as the journal keeps.
   *
   * @param writer reverse-path or one of {@link JournalEntry#alsoAs}, compared without regard to
   *     case
   * @param recipients compared without regard to case; the first {@value #MOST_ASKED} count
   * @return empty when it did not since then
   * @throws StoreException when the store cannot tell
   */
  public Optional<Instant> lastWrote(Mailbox writer, Collection<Mailbox> recipients, Instant since)
      throws StoreException {
    return last(
        writer,
        recipients.stream().limit(MOST_ASKED).mapToLong(hashes::recipient).distinct().toArray(),
        since);
  }

  /** When this address of ours last wrote to anybody; otherwise as {@link #lastWrote}. */
  public Optional<Instant> lastSent(Mailbox writer, Instant since) throws StoreException {
    return last(writer, new long[] {hashes.everybody()}, since);
  }

  private Optional<Instant> last(Mailbox writer, long[] recipients, Instant since)
      throws StoreException {
    Instant now = clock.instant();
    Instant kept = now.minus(keep);
    long oldest = (since.isAfter(kept) ? since : kept).getEpochSecond();
    OptionalLong at =
        readers.ask(session ->
            CorrespondenceTable.last(session, hashes.writer(writer), recipients, now, oldest));
    return at.isPresent() ? Optional.of(Instant.ofEpochSecond(at.getAsLong())) : Optional.empty();
  }

  /**
   * How much this address of ours sent on one day: the sum of each message's recipients. A message
   * recorded again counts again.
   *
   * @param day in UTC; zero for one older than the journal keeps
   * @throws StoreException when the store cannot tell
   */
  public long sentOn(Mailbox writer, LocalDate day) throws StoreException {
    return readers.ask(session ->
        CorrespondenceTable.messages(
            session, day.toEpochDay(), hashes.writer(writer), hashes.everybody()));
  }

  /**
   * Did this sender send any mail without a tag since then? Looks back as far as the journal keeps.
   *
   * @param sender compared without regard to case
   */
  public boolean untaggedSince(Mailbox sender, Instant since) throws StoreException {
    long hash = hashes.sender(sender);
    return readers.ask(
        session -> JournalTable.untaggedSince(session, hash, since.getEpochSecond()));
  }

  /**
   * Since when each mail of this sender domain is in the journal. That a message of an earlier time
   * is {@link JournalLookup#UNKNOWN} says nothing about it. Look this up <em>after</em> {@link
   * #lookup}, so that a failure between the two is seen. Rows older than the journal keeps are gone
   * even when this is earlier.
   *
   * @return empty when mail may be missing now, when nothing was recorded yet, and when the store
   *     cannot tell
   */
  public Optional<Instant> completeSince(String domain) {
    long hash = hashes.domain(domain);
    try {
      Optional<Instant> since =
          readers.ask(session ->
              writer != null || database.isAlive(session)
                  ? StateTable.completeSince(session, hash)
                  : Optional.empty());
      return writer == null || completeness.isWhole() ? since : Optional.empty();
    } catch (StoreException e) {
      LOG.warn("cannot tell since when the journal of {} is complete", domain, e);
      return Optional.empty();
    }
  }

  private Writer writer() throws StoreException {
    if (writer == null) {
      throw new StoreException("it was opened to be read only", null);
    }
    return writer;
  }
}
