package dev.backstop.auth.dkim;

import java.util.List;

/** Whether {@code b=} is the signature of a domain over header fields (RFC 6376 §6.1.2, §6.1.3). */
sealed interface HeaderCheck {

  record Fits(KeyRecord key) implements HeaderCheck {}

  /** With none of the keys; one of them is named. */
  record Misfits(KeyRecord key) implements HeaderCheck {}

  record NoKey(DkimResult result, String reason) implements HeaderCheck {}

  /** Asks for the key and computes. */
  static HeaderCheck of(SignedHeader header, Candidate.Open candidate, KeySource keys) {
    return switch (keys.find(candidate.signature().recordName())) {
      case KeyAnswer.Found found -> of(header, candidate, found.records());
      case KeyAnswer.Unusable unusable -> new NoKey(unusable.result(), unusable.reason());
    };
  }

  private static HeaderCheck of(
      SignedHeader header, Candidate.Open candidate, List<KeyRecord> keys) {
    DkimSignature signature = candidate.signature();
    byte[] octets = header.octets(signature.headerForm(), candidate.covered(), candidate.own());
    HeaderCheck best = new NoKey(DkimResult.PERMERROR, "the key is of another type");
    for (KeyRecord key : keys) {
      if (signature.algorithm().filter(key.algorithm()::equals).isEmpty()) {
        continue;
      }
      if (key.exact() && !signature.identity().domain().equals(signature.domain())) {
        best = new NoKey(DkimResult.PERMERROR, "the key is for d= itself, not for domains within");
      } else if (Cryptography.verifies(key, octets, signature.signature())) {
        return new Fits(key);
      } else {
        best = new Misfits(key);
      }
    }
    return best;
  }
}
