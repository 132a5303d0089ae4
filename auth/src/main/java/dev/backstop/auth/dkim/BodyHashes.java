package dev.backstop.auth.dkim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The body hashes that the signatures of a message want: each canonicalization runs once. For one
 * message and one thread.
 */
final class BodyHashes {
  private record Pass(BodyCanonicalizer canonicalizer, BodyDigest digest) {}

  private final Map<Canonicalization, Pass> passes = new EnumMap<>(Canonicalization.class);

  BodyHashes(Collection<DkimSignature> signatures) {
    for (Canonicalization form : Canonicalization.values()) {
      List<Long> lengths = new ArrayList<>();
      boolean whole = false;
      for (DkimSignature signature : signatures) {
        if (signature.bodyForm() == form) {
          signature.bodyLength().ifPresent(lengths::add);
          whole |= signature.bodyLength().isEmpty();
        }
      }
      if (whole || !lengths.isEmpty()) {
        var digest = new BodyDigest(lengths, whole);
        passes.put(form, new Pass(new BodyCanonicalizer(form, digest), digest));
      }
    }
  }

  void update(byte[] bytes, int offset, int length) {
    for (Pass pass : passes.values()) {
      pass.canonicalizer.update(bytes, offset, length);
    }
  }

  void finish() {
    for (Pass pass : passes.values()) {
      pass.canonicalizer.finish();
    }
  }

  /** What that signature's body hash should be; empty when the body is shorter than {@code l=}. */
  byte[] hash(DkimSignature signature) {
    return digest(signature).hash(signature.bodyLength());
  }

  /** Octets of the canonicalized body that it does not cover; negative when it wants more. */
  long unsigned(DkimSignature signature) {
    return signature.bodyLength().isEmpty()
        ? 0
        : digest(signature).length() - signature.bodyLength().getAsLong();
  }

  private BodyDigest digest(DkimSignature signature) {
    Pass pass = passes.get(signature.bodyForm());
    if (pass == null) {
      throw new IllegalArgumentException("not one of these signatures");
    }
    return pass.digest;
  }
}
