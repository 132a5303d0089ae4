package dev.backstop.auth.dkim;

import dev.backstop.mail.message.Header;
import java.util.Optional;

/**
 * What a signature says of a header whose body is not to be had, as in a returned message. It never
 * is a {@link DkimResult#PASS}: nobody saw the body. Expiry is not judged either, since what comes
 * back was signed long ago.
 */
public sealed interface HeaderOutcome {

  /**
   * The domain signed these fields.
   *
   * @param key that it fits
   * @param covered the fields that are signed, top first: others may be anybody's, even of the same
   *     name, so read no other
   */
  record Holds(DkimSignature signature, KeyRecord key, Header covered) implements HeaderOutcome {}

  /**
   * The fields are not what was signed. A forgery, or harm on the way: some servers return the
   * header with fields lost, changed or folded anew.
   */
  record Broken(DkimSignature signature, String reason) implements HeaderOutcome {}

  /**
   * Nothing is known.
   *
   * @param result why: malformed or no key ({@link DkimResult#PERMERROR}), key not to be had now
   *     ({@link DkimResult#TEMPERROR}), refused, or not looked at
   * @param signature empty when it could not be read
   */
  record Undecided(DkimResult result, String reason, Optional<DkimSignature> signature)
      implements HeaderOutcome {}
}
