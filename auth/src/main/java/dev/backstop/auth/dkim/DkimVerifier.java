package dev.backstop.auth.dkim;

import dev.backstop.mail.message.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verifies the signatures of messages (RFC 6376 §6). Nothing that a message or a key record says
 * makes it throw. Immutable and safe for all threads.
 *
 * <pre>
 * DkimVerification verification = verifier.begin(header);
 * verification.body(bytes, 0, length);      // as often as the body comes
 * verification.finish(new DnsKeys(resolver), now);
 * </pre>
 */
public final class DkimVerifier {
  private final Limits limits;

  public DkimVerifier(Limits limits) {
    this.limits = limits;
  }

  /**
   * Begins with a message.
   *
   * @param header all fields, top first, with their exact values
   */
  public DkimVerification begin(List<HeaderField> header) {
    return new DkimVerification(new SignedHeader(header), limits);
  }

  /**
   * What the signatures of a header say without its body, whose hash is taken from the signed field
   * itself.
   *
   * @param header as far as it came back
   * @param keys {@link OwnKeys} to know our own mail, {@link DnsKeys} for that of others
   * @return one for each signature, top first
   */
  public List<HeaderOutcome> verifyHeader(List<HeaderField> header, KeySource keys) {
    var signed = new SignedHeader(header);
    List<HeaderOutcome> outcomes = new ArrayList<>(2);
    for (Candidate candidate : Candidate.of(signed, limits)) {
      outcomes.add(
          switch (candidate) {
            case Candidate.Open open -> verify(signed, open, keys);
            case Candidate.Settled settled ->
                new HeaderOutcome.Undecided(
                    settled.result(), settled.reason(), settled.signature());
          });
    }
    return outcomes;
  }

  private static HeaderOutcome verify(
      SignedHeader header, Candidate.Open candidate, KeySource keys) {
    DkimSignature signature = candidate.signature();
    return switch (HeaderCheck.of(header, candidate, keys)) {
      case HeaderCheck.Fits fits ->
          new HeaderOutcome.Holds(signature, fits.key(), header.at(candidate.covered()));
      case HeaderCheck.Misfits _ ->
          new HeaderOutcome.Broken(signature, "the header is not what was signed");
      case HeaderCheck.NoKey none ->
          new HeaderOutcome.Undecided(none.result(), none.reason(), Optional.of(signature));
    };
  }
}
