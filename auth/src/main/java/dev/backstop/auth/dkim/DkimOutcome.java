package dev.backstop.auth.dkim;

import java.util.Optional;
import java.util.Set;

/**
 * What became of one signature. Only {@link DkimResult#PASS} says anything for a message; nothing
 * here says anything against it (RFC 6376 §6.1). Immutable.
 *
 * @param reason in plain words
 * @param signature what was read; empty when it is malformed or was not looked at
 * @param keyBits size of the key, 0 when none was fetched
 * @param weaknesses of a signature that passed; those that were found on the way for another
 * @param unsignedOctets at the end of the canonicalized body, because of {@code l=}
 */
public record DkimOutcome(
    DkimResult result,
    String reason,
    Optional<DkimSignature> signature,
    int keyBits,
    Set<Weakness> weaknesses,
    long unsignedOctets) {
  public DkimOutcome {
    weaknesses = Set.copyOf(weaknesses);
  }

  public boolean passed() {
    return result == DkimResult.PASS;
  }

  /** Whether the domain is only trying out DKIM ({@code t=y}). */
  public boolean testing() {
    return weaknesses.contains(Weakness.TESTING);
  }
}
