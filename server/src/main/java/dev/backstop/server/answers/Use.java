package dev.backstop.server.answers;

import dev.backstop.bounce.tag.TagCheck;
import dev.backstop.bounce.tag.Tagger;
import dev.backstop.mail.address.Mailbox;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * One proof that one answer used. Whoever got one mail from us can show its tag, Message-ID,
 * signature and token again and again; counting distinct answers to each ends that.
 *
 * @param what the proof and what it rests on
 * @param fingerprint of the answer, so that a message tried again counts once
 * @param at when
 */
public record Use(String what, long fingerprint, Instant at) {

  static Use of(TagCheck.Valid tag, long fingerprint, Instant now) {
    return new Use("tag " + made(tag, now) + " " + folded(tag.plain()), fingerprint, now);
  }

  static Use ofMessage(String messageId, Mailbox recipient, long fingerprint, Instant now) {
    return new Use("message " + messageId + " to " + folded(recipient), fingerprint, now);
  }

  static Use ofMessageToOthers(String messageId, long fingerprint, Instant now) {
    return new Use("message " + messageId, fingerprint, now);
  }

  /** A token or a signature in the returned header. */
  static Use ofHeader(String by, String messageId, long fingerprint, Instant now) {
    return new Use(by + " " + messageId, fingerprint, now);
  }

  /** The UTC day on which that tag was made. */
  static LocalDate made(TagCheck.Valid tag, Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC)
        .minusDays(Tagger.LIFETIME_DAYS - (long) tag.daysLeft());
  }

  private static String folded(Mailbox address) {
    return address.toString().toLowerCase(Locale.ROOT);
  }
}
