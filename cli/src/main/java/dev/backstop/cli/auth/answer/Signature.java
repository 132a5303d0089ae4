package dev.backstop.cli.auth.answer;

import dev.backstop.auth.dkim.DkimResult;
import dev.backstop.auth.dkim.DkimSignature;
import dev.backstop.auth.dkim.Weakness;
import java.util.Optional;
import java.util.Set;

/**
 * What became of one DKIM signature.
 *
 * @param result with {@code headerOnly} a pass says that the domain signed these fields, and
 *     nothing of any body
 * @param reason in plain words
 * @param fields what it says; empty when it could not be read or was not looked at
 * @param keyBits 0 when there was no key
 * @param key the record that decided, one character for each octet; empty when there was none
 * @param headerOnly whether the body was not there to be checked
 * @param unsignedOctets at the end of the body, because of {@code l=}
 */
public record Signature(
    DkimResult result,
    String reason,
    Optional<DkimSignature> fields,
    int keyBits,
    Set<Weakness> weaknesses,
    Optional<String> key,
    boolean headerOnly,
    long unsignedOctets) {
  public Signature {
    weaknesses = Set.copyOf(weaknesses);
  }
}
