package dev.backstop.auth.dkim;

import dev.backstop.dns.DnsName;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The verification of one message: its header is known, its body passes through. Needs the same
 * memory for a body of any size. For one thread at a time.
 */
public final class DkimVerification {
  private final SignedHeader header;
  private final Limits limits;
  private final List<Candidate> candidates;
  private final BodyHashes hashes;

  DkimVerification(SignedHeader header, Limits limits) {
    this.header = header;
    this.limits = limits;
    this.candidates = Candidate.of(header, limits);
    this.hashes = new BodyHashes(open().stream().map(Candidate.Open::signature).toList());
  }

  private List<Candidate.Open> open() {
    List<Candidate.Open> open = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      if (candidate instanceof Candidate.Open it) {
        open.add(it);
      }
    }
    return open;
  }

  /**
   * The names that {@link #finish} may ask for: whoever asks a caching resolver for them while the
   * body comes, all at once, saves that time at its end.
   */
  public Set<DnsName> keyNames() {
    Set<DnsName> names = new LinkedHashSet<>();
    for (Candidate.Open candidate : open()) {
      names.add(candidate.signature().recordName());
    }
    return names;
  }

  /**
   * The next piece of the body. Pieces may begin and end anywhere; LF alone counts as CRLF.
   *
   * @param bytes not kept, not changed
   */
  public void body(byte[] bytes, int offset, int length) {
    hashes.update(bytes, offset, length);
  }

  /**
   * The results after the whole body; call it once. Keys are asked for one after the other, and
   * only for signatures that nothing else has decided: not for one whose body hash is wrong.
   *
   * @return one for each signature, top first; empty when there is none
   */
  public List<DkimOutcome> finish(KeySource keys, Instant now) {
    hashes.finish();
    List<DkimOutcome> outcomes = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      outcomes.add(
          switch (candidate) {
            case Candidate.Settled settled ->
                new DkimOutcome(
                    settled.result(), settled.reason(), settled.signature(), 0, Set.of(), 0);
            case Candidate.Open open -> judge(open, keys, now);
          });
    }
    return outcomes;
  }

  private DkimOutcome judge(Candidate.Open candidate, KeySource keys, Instant now) {
    DkimSignature signature = candidate.signature();
    Optional<String> untimely = untimely(signature, now);
    if (untimely.isPresent()) {
      return outcome(signature, DkimResult.POLICY, untimely.get());
    }
    if (hashes.unsigned(signature) < 0) {
      return outcome(signature, DkimResult.PERMERROR, "the body is shorter than l= says");
    }
    if (!MessageDigest.isEqual(hashes.hash(signature), signature.bodyHash())) {
      return outcome(signature, DkimResult.FAIL, "the body is not what was signed");
    }
    return switch (HeaderCheck.of(header, candidate, keys)) {
      case HeaderCheck.Fits fits ->
          outcome(signature, DkimResult.PASS, "the signature is good", fits.key());
      case HeaderCheck.Misfits misfits ->
          outcome(signature, DkimResult.FAIL, "the header is not what was signed", misfits.key());
      case HeaderCheck.NoKey none -> outcome(signature, none.result(), none.reason());
    };
  }

  /** RFC 6376 §3.5: we do what it allows with signatures that are expired or of the future. */
  private Optional<String> untimely(DkimSignature signature, Instant now) {
    if (signature.expires().filter(now.minus(limits.clockSkew())::isAfter).isPresent()) {
      return Optional.of("expired at " + signature.expires().get());
    }
    if (signature.signedAt().filter(now.plus(limits.clockSkew())::isBefore).isPresent()) {
      return Optional.of("signed in the future, at " + signature.signedAt().get());
    }
    return Optional.empty();
  }

  private DkimOutcome outcome(DkimSignature signature, DkimResult result, String reason) {
    return outcome(signature, result, reason, 0, Set.of());
  }

  private DkimOutcome outcome(
      DkimSignature signature, DkimResult result, String reason, KeyRecord key) {
    return outcome(signature, result, reason, key.bits(), Weakness.of(key));
  }

  private DkimOutcome outcome(
      DkimSignature signature, DkimResult result, String reason, int keyBits, Set<Weakness> ofKey) {
    Set<Weakness> weaknesses = Weakness.of(header, signature);
    weaknesses.addAll(ofKey);
    long unsigned = Math.max(0, hashes.unsigned(signature));
    return new DkimOutcome(result, reason, Optional.of(signature), keyBits, weaknesses, unsigned);
  }
}
