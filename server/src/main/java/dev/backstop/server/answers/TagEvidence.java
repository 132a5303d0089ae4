package dev.backstop.server.answers;

import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Finding;
import dev.backstop.bounce.proof.Proof;
import dev.backstop.bounce.proof.TagProof;
import dev.backstop.bounce.tag.TagCheck;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.rules.Rules;
import java.time.Instant;
import java.util.Comparator;

/** What the tags of a message's recipients are worth, with what is known of the addresses. */
final class TagEvidence {
  private final Rules rules;
  private final UntaggedSenders untagged;
  private final Replays replays;
  private final Guesses guesses;

  TagEvidence(Rules rules, UntaggedSenders untagged, Replays replays, Guesses guesses) {
    this.rules = rules;
    this.untagged = untagged;
    this.replays = replays;
    this.guesses = guesses;
  }

  /**
   * RFC 5321 §4.5.1 and RFC 2142: these must take mail whatever it looks like, so that the others'
   * admins can reach us.
   */
  static boolean isAlwaysReachable(Mailbox plain) {
    return plain.localPart().equalsIgnoreCase("postmaster")
        || plain.localPart().equalsIgnoreCase("abuse");
  }

  /** The tag alone, of a recipient whose sender is null. */
  static Evidence withNullSender(TagCheck check) {
    return TagProof.of(check);
  }

  /**
   * Of several recipients the one that proves most counts: a genuine answer must not be lost for
   * its company.
   */
  Evidence of(AutomaticAnswer answer, Uses uses, Instant now) {
    return answer.ours().stream()
        .map(recipient -> of(answer, rules.tagger().verify(recipient, now), uses, now))
        .min(Comparator.comparingInt(TagEvidence::severity).thenComparing(Evidence::strength))
        .orElseThrow();
  }

  private static int severity(Evidence found) {
    return switch (found.finding()) {
      case PROVEN -> 0;
      case NONE, ERROR -> 1;
      case DISPROVEN -> 2;
    };
  }

  private Evidence of(AutomaticAnswer answer, TagCheck check, Uses uses, Instant now) {
    return switch (check) {
      case TagCheck.Valid valid -> valid(answer, valid, uses, now);
      case TagCheck _ when answer.stored() ->
          Evidence.none(Proof.BATV, "delivery takes tags off, so a stored message tells nothing");
      case TagCheck.Missing missing when mayLackTag(missing.plain()) ->
          Evidence.none(Proof.BATV, "the address carries no tag, as some mail of it does");
      case TagCheck.Missing _, TagCheck.Expired _, TagCheck.Invalid _, TagCheck.Foreign _ ->
          answer.hasNullSender() ? withNullSender(check) : milder(withNullSender(check));
    };
  }

  private boolean mayLackTag(Mailbox plain) {
    return isAlwaysReachable(plain) || untagged.mayBeOne(plain);
  }

  /**
   * Bounces go to the address we sent with, so they must carry its tag; but responders with a
   * sender of their own often answer to From, which has none.
   */
  private static Evidence milder(Evidence found) {
    return found.finding() == Finding.DISPROVEN
        ? Evidence.doubt(found.proof(), found.detail())
        : found;
  }

  private Evidence valid(AutomaticAnswer answer, TagCheck.Valid valid, Uses uses, Instant now) {
    Evidence found = TagProof.of(valid);
    if (guesses.isGuessed(valid.plain())) {
      return Evidence.likely(
          Proof.BATV, found.detail() + ", but strangers are guessing tags of this address");
    }
    Use use = Use.of(valid, answer.fingerprint(), now);
    if (replays.isWorn(valid, use)) {
      return Evidence.likely(
          Proof.BATV, found.detail() + ", but more answers have come to it than mail left with it");
    }
    uses.add(use);
    return found;
  }
}
