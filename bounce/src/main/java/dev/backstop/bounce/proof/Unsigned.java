package dev.backstop.bounce.proof;

import dev.backstop.auth.dmarc.AuthorDomain;
import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.ReturnedMessage.Part;
import dev.backstop.dns.DnsName;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.header.MailDate;
import dev.backstop.mail.message.Header;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A returned header without any signature of ours. That is doubtful where all mail of the domain
 * leaves with one, and no more than that: some servers return a selection of fields.
 */
final class Unsigned {
  private static final Duration CLOCKS = Duration.ofDays(1);

  private Unsigned() {}

  private record Since(DnsName domain, Instant at) {}

  static Evidence of(
      AutomaticMail reading, Header returned, Map<DnsName, Instant> signedSince, Instant now) {
    return isWhole(reading, returned)
        ? signing(returned, signedSince)
            .filter(since -> isCovered(returned.text("Date"), since.at(), now))
            .map(Unsigned::doubt)
            .orElseGet(Unsigned::none)
        : none();
  }

  private static Evidence doubt(Since since) {
    return Evidence.doubt(
        Proof.DKIM,
        "the returned header has no signature of ours, and all mail of "
            + since.domain()
            + " has left with one since "
            + DkimProof.day(since.at()));
  }

  private static Evidence none() {
    return Evidence.none(Proof.DKIM, "the returned header has no signature of ours");
  }

  /** A day's room for clocks; who forges an older date gains no more than this doubt. */
  private static boolean isCovered(@Nullable String date, Instant since, Instant now) {
    return Optional.ofNullable(date)
        .flatMap(MailDate::parse)
        .filter(sent -> sent.isAfter(since.plus(CLOCKS)) && sent.isBefore(now.plus(CLOCKS)))
        .isPresent();
  }

  /** Enough came back for the signature, which stands above the author's fields, to be there. */
  private static boolean isWhole(AutomaticMail reading, Header returned) {
    boolean fields =
        returned.has("Received") || (returned.has("From") && returned.has("Message-ID"));
    return fields && (reading.returned().part() == Part.FULL || reading.cuts().isEmpty());
  }

  /** The author's domain, or one above it, that signs; the envelope must be ours as well. */
  private static Optional<Since> signing(Header returned, Map<DnsName, Instant> signedSince) {
    if (!(AuthorDomain.of(returned.fields()) instanceof AuthorDomain.One author)) {
      return Optional.empty();
    }
    String path = returned.text("Return-Path");
    return path == null || envelope(path).flatMap(at -> nearest(at, signedSince)).isPresent()
        ? nearest(author.domain(), signedSince)
        : Optional.empty();
  }

  private static Optional<DnsName> envelope(String path) {
    try {
      return ReversePath.parse(path) instanceof Mailbox sender
          ? DnsName.parse(sender.domain())
          : Optional.empty();
    } catch (AddressSyntaxException _) {
      return Optional.empty();
    }
  }

  private static Optional<Since> nearest(DnsName domain, Map<DnsName, Instant> signedSince) {
    Optional<DnsName> name = Optional.of(domain);
    while (name.isPresent()) {
      Instant since = signedSince.get(name.get());
      if (since != null) {
        return Optional.of(new Since(name.get(), since));
      }
      name = name.get().parent();
    }
    return Optional.empty();
  }
}
