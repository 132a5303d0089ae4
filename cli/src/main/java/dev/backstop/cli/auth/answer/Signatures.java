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
import dev.backstop.auth.dkim.Limits;
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
  private final DnsKeys keys;

  Signatures(RawMessage message, Remembering resolver) {
    this.message = message;
    this.resolver = resolver;
    this.keys = new DnsKeys(resolver);
  }

  /** One for each signature, top first. */
  List<Signature> verify(Body body, Instant now) {
    List<DkimOutcome> whole = whole(now);
    List<HeaderOutcome> header =
        body == Body.THERE ? List.of() : VERIFIER.verifyHeader(message.header(), keys);
    List<Signature> found = new ArrayList<>(2);
    for (int i = 0; i < whole.size(); i++) {
      // What is good over nothing was made over nothing: a whole message with an empty body.
      boolean empty = body == Body.ABSENT && whole.get(i).passed();
      found.add(
          body == Body.THERE || empty
              ? of(whole.get(i))
              : of(header.get(i), whole.get(i).weaknesses()));
    }
    return found;
  }

  private List<DkimOutcome> whole(Instant now) {
    DkimVerification verification = VERIFIER.begin(message.header());
    verification.body(message.body().bytes(), 0, message.body().length());
    return verification.finish(keys, now);
  }

  private Signature of(DkimOutcome outcome) {
    Optional<Shown> key =
        outcome
            .signature()
            .flatMap(signature -> shown(signature, record -> record.bits() == outcome.keyBits()));
    return new Signature(
        outcome.result(),
        outcome.reason(),
        outcome.signature(),
        outcome.keyBits(),
        outcome.weaknesses(),
        key.map(Shown::text),
        false,
        outcome.unsignedOctets());
  }

  private Signature of(HeaderOutcome outcome, Set<Weakness> weaknesses) {
    return switch (outcome) {
      case HeaderOutcome.Holds(DkimSignature signature, KeyRecord key, _) -> {
        Set<Weakness> all = EnumSet.noneOf(Weakness.class);
        all.addAll(weaknesses);
        all.addAll(Weakness.of(key));
        yield headerOnly(
            DkimResult.PASS,
            "the header is what was signed; the body was not checked",
            Optional.of(signature),
            shown(signature, key::equals),
            all);
      }
      case HeaderOutcome.Broken(DkimSignature signature, String reason) ->
          headerOnly(
              DkimResult.FAIL,
              reason,
              Optional.of(signature),
              shown(signature, _ -> true),
              weaknesses);
      case HeaderOutcome.Undecided(DkimResult result, String reason, var signature) ->
          headerOnly(
              result,
              reason,
              signature,
              signature.flatMap(known -> shown(known, _ -> true)),
              weaknesses);
    };
  }

  private static Signature headerOnly(
      DkimResult result,
      String reason,
      Optional<DkimSignature> signature,
      Optional<Shown> key,
      Set<Weakness> weaknesses) {
    return new Signature(
        result,
        reason,
        signature,
        key.map(Shown::bits).orElse(0),
        weaknesses,
        key.map(Shown::text),
        true,
        0);
  }

  /**
   * A key as it is published.
   *
   * @param bits 0 when it cannot be used
   */
  private record Shown(String text, int bits) {}

  /** The record with the key that decided, else the first that there is. Asks nobody. */
  private Optional<Shown> shown(DkimSignature signature, Predicate<KeyRecord> decided) {
    List<String> texts = resolver.known(signature.recordName());
    for (String text : texts) {
      if (KeyRecordParser.parse(List.of(text)) instanceof KeyAnswer.Found(List<KeyRecord> records)
          && decided.test(records.getFirst())) {
        return Optional.of(new Shown(text, records.getFirst().bits()));
      }
    }
    return texts.stream().findFirst().map(text -> new Shown(text, 0));
  }
}
