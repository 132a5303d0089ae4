package dev.backstop.cli.auth.answer;

import dev.backstop.auth.dmarc.AuthorDomain;
import dev.backstop.auth.dmarc.DmarcOutcome;
import dev.backstop.auth.spf.SpfOutcome;
import java.util.List;
import java.util.Optional;

/**
 * To {@link dev.backstop.cli.auth.request.Request.Message}.
 *
 * @param file as it was named; empty when it has no name
 * @param body whether it was there to be checked
 * @param signatures top first
 * @param spf empty when it is not known who handed the message over
 * @param dmarc of the author domain; where From names several, of the one with the strictest
 *     outcome; empty when it names none
 * @param claims the values of Authentication-Results fields, top first: the words of whoever wrote
 *     them, believed by nobody here
 */
public record MessageAnswer(
    Optional<String> file,
    Body body,
    List<Signature> signatures,
    AuthorDomain author,
    Optional<SpfOutcome> spf,
    Optional<DmarcOutcome> dmarc,
    List<String> claims)
    implements Answer {

  /** Whether there was a body to be checked. */
  public enum Body {
    THERE,
    /** The file ends after the header. */
    ABSENT,
    /** Longer than what is read. */
    TOO_LONG,
    /** The asker wanted it so. */
    NOT_WANTED
  }

  public MessageAnswer {
    signatures = List.copyOf(signatures);
    claims = List.copyOf(claims);
  }

  /** Whether a result rests on the header alone. */
  public boolean headerOnly() {
    return signatures.isEmpty()
        ? body != Body.THERE
        : signatures.stream().anyMatch(Signature::headerOnly);
  }
}
