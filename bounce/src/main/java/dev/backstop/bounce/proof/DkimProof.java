package dev.backstop.bounce.proof;

import dev.backstop.auth.dkim.DkimSignature;
import dev.backstop.auth.dkim.HeaderOutcome;
import dev.backstop.auth.dkim.OwnKeys;
import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.dns.DnsName;
import dev.backstop.mail.header.MailDate;
import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.HeaderField;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the returned header carries a signature of ours that holds (RFC 6376, over the header
 * alone).
 *
 * <p>It proves that we signed this header. Whoever got the message has it too, so it counts in full
 * only when we wrote, not long ago, to somebody for whom the answer speaks. Signatures break on the
 * way, so one that is broken says nothing; mail without any where all is signed is doubtful.
 * Immutable, safe for all threads; at most eight signatures are checked for a message.
 */
public final class DkimProof {
  /** How late an answer may come: bounces take days, readers weeks. */
  public static final Duration LIFETIME = Duration.ofDays(30);

  /** How far clocks may be apart. */
  private static final Duration CLOCKS = Duration.ofDays(1);

  private final OwnKeys keys;
  private final Map<DnsName, Instant> signedSince;
  private final Duration lifetime;

  /**
   * The proof with the keys of one installation.
   *
   * @param keys present and retired
   * @param signedSince domains whose mail all leaves signed, and since when without a gap; mail of
   *     domains below is signed too
   * @param lifetime after which an answer is no more to be expected, see {@link #LIFETIME}
   */
  public DkimProof(OwnKeys keys, Map<DnsName, Instant> signedSince, Duration lifetime) {
    this.keys = keys;
    this.signedSince = Map.copyOf(signedSince);
    this.lifetime = lifetime;
  }

  /** The finding about one message. */
  public Evidence of(AutomaticMail reading, Instant now) {
    Header returned = reading.returned().header();
    if (returned == null || returned.fields().isEmpty()) {
      return none("no header of the answered message came back that could carry our signature");
    }
    List<HeaderField> fields = Mending.lines(returned.fields());
    List<OwnSignature> own = OwnSignature.in(fields, keys);
    if (own.isEmpty()) {
      return Unsigned.of(reading, returned, signedSince, now);
    }
    return holding(fields, own, reading)
        .map(holds -> judge(holds, reading, now))
        .orElseGet(
            () -> none("a signature of ours is there, but the header is not what was signed"));
  }

  /** As it came back; else with damage taken back, for one of our signatures: all suffer alike. */
  private Optional<HeaderOutcome.Holds> holding(
      List<HeaderField> fields, List<OwnSignature> own, AutomaticMail reading) {
    OwnSignature first = own.getFirst();
    return Stream.concat(
            own.stream().map(signature -> signature.holds(fields, keys)),
            Stream.of(first)
                .flatMap(signature -> signature.mended(fields, reading.recipients()).stream())
                .map(mended -> first.holds(mended, keys)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Evidence judge(HeaderOutcome.Holds holds, AutomaticMail reading, Instant now) {
    DkimSignature signature = holds.signature();
    String whose =
        "the DKIM signature of " + signature.domain() + " over the returned header holds";
    Optional<Instant> signed =
        signature
            .signedAt()
            .or(() -> Optional.ofNullable(holds.covered().text("Date")).flatMap(MailDate::parse));
    if (signed.isEmpty()) {
      return Evidence.likely(Proof.DKIM, whose + ", but nothing signed says when it was sent");
    }
    if (signed.get().isAfter(now.plus(CLOCKS))) {
      return Evidence.likely(Proof.DKIM, whose + ", but it is dated in the future");
    }
    String when = whose + ", signed on " + day(signed.get());
    if (signed.get().isBefore(now.minus(lifetime))) {
      return Evidence.likely(Proof.DKIM, when + ", too long ago for an answer now");
    }
    if (!isSame(holds.covered().text("Message-ID"), reading.returned().messageId())) {
      return Evidence.likely(
          Proof.DKIM, when + ", but no signed Message-ID tells this message from others");
    }
    return Respondents.of(reading)
        .addresseeIn(holds.covered())
        .map(to -> Evidence.proven(Proof.DKIM, when + " for a message to " + to))
        .orElseGet(() ->
            Evidence.likely(
                Proof.DKIM, when + ", but the message names nobody for whom this answer speaks"));
  }

  /**
   * Another Message-ID above the signed one would let each replay look like a message of its own.
   */
  private static boolean isSame(@Nullable String signed, @Nullable String read) {
    return signed != null
        && read != null
        && signed.replaceAll("\\s", "").equalsIgnoreCase(read.replaceAll("\\s", ""));
  }

  private static Evidence none(String detail) {
    return Evidence.none(Proof.DKIM, detail);
  }

  static String day(Instant at) {
    return DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(at);
  }
}
