package dev.backstop.cli.auth.answer;

import dev.backstop.auth.dkim.DkimOutcome;
import dev.backstop.auth.dkim.DkimResult;
import dev.backstop.auth.dkim.DkimSignature;
import dev.backstop.auth.dkim.DkimVerification;
import dev.backstop.auth.dkim.DkimVerifier;
import dev.backstop.auth.dkim.DnsKeys;
import dev.backstop.auth.dkim.HeaderOutcome;
import dev.backstop.auth.dkim.KeyAnswer;
import dev.backstop.auth.dkim.KeyRecord;
import dev.backstop.auth.dkim.KeyRecordParser;
import dev.backstop.auth.dkim.KeySource;
import dev.backstop.auth.dkim.Limits;
import dev.backstop.auth.dkim.OwnKeys;
import dev.backstop.auth.dkim.Weakness;
import dev.backstop.cli.auth.answer.MessageAnswer.Body;
import dev.backstop.mail.message.RawMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The DKIM signatures of one message. */
final class Signatures {
  private static final DkimVerifier VERIFIER = new DkimVerifier(Limits.DEFAULT);

  private final RawMessage message;
  private final Remembering resolver;
  private final OwnKeys ours;

  Signatures(RawMessage message, Remembering resolver, OwnKeys ours) {
    this.message = message;
    this.resolver = resolver;
    this.ours = ours;
  }

  /** One for each signature, top first. */
  List<Signature> verify(Body body, Instant now) {
    List<DkimOutcome> whole = whole(now);
    List<HeaderOutcome> header = body == Body.THERE ? List.of() : header(new DnsKeys(resolver));
    List<HeaderOutcome> own = ours.records().isEmpty() ? List.of() : header(ours);
    List<Signature> found = new ArrayList<>(2);
    for (int i = 0; i < whole.size(); i++) {
      // What is good over nothing was made over nothing: a whole message with an empty body.
      boolean empty = body == Body.ABSENT && whole.get(i).passed();
      boolean headerOnly = body != Body.THERE && !empty;
      boolean isOurs = !own.isEmpty() && own.get(i) instanceof HeaderOutcome.Holds;
      found.add(
          headerOnly
              ? headerOnly(header.get(i), whole.get(i).weaknesses(), isOurs)
              : whole(whole.get(i), isOurs));
    }
    return found;
  }

  private List<DkimOutcome> whole(Instant now) {
    DkimVerification verification = VERIFIER.begin(message.header());
    verification.body(message.body().bytes(), 0, message.body().length());
    return verification.finish(new DnsKeys(resolver), now);
  }

  private List<HeaderOutcome> header(KeySource keys) {
    return VERIFIER.verifyHeader(message.header(), keys);
  }

  private Signature whole(DkimOutcome outcome, boolean own) {
    Optional<Published> key =
        published(outcome.signature(), record -> record.bits() == outcome.keyBits());
    return new Signature(outcome, key.map(Published::text), false, own);
  }

  private Signature headerOnly(HeaderOutcome outcome, Set<Weakness> weaknesses, boolean own) {
    return switch (outcome) {
      case HeaderOutcome.Holds(DkimSignature signature, KeyRecord key, _) -> {
        Set<Weakness> all = EnumSet.noneOf(Weakness.class);
        all.addAll(weaknesses);
        all.addAll(Weakness.of(key));
        String reason = "the header is what was signed; the body was not checked";
        yield headerOnly(DkimResult.PASS, reason, Optional.of(signature), all, key::equals, own);
      }
      case HeaderOutcome.Broken(DkimSignature signature, String reason) ->
          headerOnly(DkimResult.FAIL, reason, Optional.of(signature), weaknesses, _ -> true, own);
      case HeaderOutcome.Undecided(DkimResult result, String reason, var signature) ->
          headerOnly(result, reason, signature, weaknesses, _ -> true, own);
    };
  }

  private Signature headerOnly(
      DkimResult result,
      String reason,
      Optional<DkimSignature> signature,
      Set<Weakness> weaknesses,
      Predicate<KeyRecord> decided,
      boolean own) {
    Optional<Published> key = published(signature, decided);
    int bits = key.map(Published::bits).orElse(0);
    var outcome = new DkimOutcome(result, reason, signature, bits, weaknesses, 0);
    return new Signature(outcome, key.map(Published::text), true, own);
  }

  /**
   * A key as it is published.
   *
   * @param bits 0 when it cannot be used
   */
  private record Published(String text, int bits) {}

  /** The record with the key that decided, else the first that there is. Asks nobody. */
  private Optional<Published> published(
      Optional<DkimSignature> signature, Predicate<KeyRecord> decided) {
    List<String> texts =
        signature.map(known -> resolver.known(known.recordName())).orElse(List.of());
    for (String text : texts) {
      if (KeyRecordParser.parse(List.of(text)) instanceof KeyAnswer.Found(List<KeyRecord> records)
          && decided.test(records.getFirst())) {
        return Optional.of(new Published(text, records.getFirst().bits()));
      }
    }
    return texts.stream().findFirst().map(text -> new Published(text, 0));
  }
}
