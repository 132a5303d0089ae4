package dev.backstop.auth.dkim;

import dev.backstop.mail.message.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A DKIM-Signature field of a message, as far as it can be judged without key and body. */
sealed interface Candidate {

  /**
   * Nothing speaks against it.
   *
   * @param covered places of the fields that it covers, in the order of {@code h=}
   * @param own its own field without the value of {@code b=}
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares candidates
  record Open(DkimSignature signature, int[] covered, HeaderField own) implements Candidate {}

  /** Nothing can make it count. */
  record Settled(DkimResult result, String reason, Optional<DkimSignature> signature)
      implements Candidate {}

  /** Those of a header, top first, and at last one that says how many were not looked at. */
  static List<Candidate> of(SignedHeader header, Limits limits) {
    int[] places = header.places("DKIM-Signature");
    List<Candidate> candidates = new ArrayList<>(2);
    for (int i = 0; i < Math.min(places.length, limits.signatures()); i++) {
      candidates.add(of(header, places[i], limits));
    }
    if (places.length > candidates.size()) {
      String reason = places.length - candidates.size() + " more signatures, not looked at";
      candidates.add(new Settled(DkimResult.NEUTRAL, reason, Optional.empty()));
    }
    return candidates;
  }

  private static Candidate of(SignedHeader header, int place, Limits limits) {
    HeaderField field = header.field(place);
    try {
      TagList tags = TagList.parse(field.value());
      var own = new HeaderField(field.name(), tags.without("b"));
      return of(header, place, SignatureParser.parse(tags), own, limits);
    } catch (DkimSyntaxException e) {
      return new Settled(DkimResult.PERMERROR, e.reason(), Optional.empty());
    }
  }

  private static Candidate of(
      SignedHeader header, int place, DkimSignature signature, HeaderField own, Limits limits) {
    if (signature.algorithm().isEmpty()) { // RFC 8301 §3.1
      return settled(DkimResult.POLICY, "rsa-sha1 does not count any more", signature);
    }
    int[] covered = header.covered(signature.signedFields(), place);
    if (header.bound(covered, own) > limits.signedOctets()) {
      return settled(DkimResult.NEUTRAL, "more header than we hash for a signature", signature);
    }
    // RFC 6376 §8.15: the author that is shown may be the one that nobody signed
    int authors = header.count("From");
    if (authors == 0 || signature.times("From") < authors) {
      return settled(DkimResult.POLICY, "not every From field is signed", signature);
    }
    return new Open(signature, covered, own);
  }

  private static Settled settled(DkimResult result, String reason, DkimSignature signature) {
    return new Settled(result, reason, Optional.of(signature));
  }
}
