package dev.backstop.server.senders;

import dev.backstop.auth.dkim.DkimOutcome;
import dev.backstop.auth.dkim.DkimResult;
import dev.backstop.auth.dmarc.AuthorDomain;
import dev.backstop.auth.dmarc.DmarcOutcome;
import dev.backstop.auth.dmarc.DmarcPolicy;
import dev.backstop.auth.dmarc.Identifier;
import dev.backstop.auth.reverse.HeloFinding;
import dev.backstop.auth.reverse.ReverseOutcome;
import dev.backstop.auth.spf.SpfOutcome;
import dev.backstop.auth.spf.SpfResult;
import dev.backstop.dns.DnsName;
import dev.backstop.store.SenderProof;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the checks of a sender found.
 *
 * @param spf of the reverse-path, or of postmaster at the HELO name
 * @param dkim one for each signature, top first
 * @param dmarc empty when From names no domain
 * @param helo what is odd about the client's name
 */
public record SenderFindings(
    SpfOutcome spf,
    List<DkimOutcome> dkim,
    AuthorDomain author,
    Optional<DmarcOutcome> dmarc,
    ReverseOutcome reverse,
    Set<HeloFinding> helo) {
  public SenderFindings {
    dkim = List.copyOf(dkim);
  }

  /** What the author's domain asks to be done with this message. */
  public DmarcPolicy policy() {
    return dmarc.map(DmarcOutcome::policy).orElse(DmarcPolicy.NONE);
  }

  /** The domains that SPF or a signature proves. */
  public Stream<DnsName> proved() {
    Stream<DnsName> sender =
        spf.result() == SpfResult.PASS ? spf.domain().stream() : Stream.empty();
    Stream<DnsName> signers =
        dkim.stream()
            .filter(DkimOutcome::passed)
            .flatMap(outcome -> outcome.signature().stream())
            .map(signature -> signature.domain());
    return Stream.concat(sender, signers);
  }

  /** The result of SPF in the word of RFC 8601 §2.7.2. */
  public String spfWord() {
    return spf.result().word();
  }

  /** {@code pass} when any signature is good, else what became of the best; {@code none}. */
  public String dkimWord() {
    return dkim.stream()
        .map(DkimOutcome::result)
        .min(Comparator.comparingInt(SenderFindings::rank))
        .orElse(DkimResult.NONE)
        .word();
  }

  /** The result of DMARC; {@code permerror} when From names no domain (RFC 9989 §5.3.1). */
  public String dmarcWord() {
    return dmarc.map(outcome -> outcome.result().text()).orElse("permerror");
  }

  /** The result of the reverse name in the word of RFC 8601 §2.7.3. */
  public String reverseWord() {
    return reverse.authenticationResult().result();
  }

  /** In words to remember. A signature of somebody else proves nothing about the author. */
  public SenderProof proof() {
    boolean ofAuthor =
        dmarc.stream()
            .flatMap(outcome -> outcome.aligned().stream())
            .anyMatch(identifier -> identifier.mechanism() == Identifier.Mechanism.DKIM);
    String word = dkimWord();
    return new SenderProof(
        spfWord(), ofAuthor || !word.equals("pass") ? word : "other", dmarcWord());
  }

  private static int rank(DkimResult result) {
    return switch (result) {
      case PASS -> 0;
      case TEMPERROR -> 1;
      case FAIL -> 2;
      case POLICY -> 3;
      case PERMERROR -> 4;
      case NEUTRAL -> 5;
      case NONE -> 6;
    };
  }
}
