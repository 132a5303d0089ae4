/**
 * DKIM signatures (RFC 6376, 8301, 8463): a domain vouches for a message, over its exact bytes.
 *
 * <p>SPF ends at the first relay and names only the envelope; a signature travels with the message
 * and names who takes responsibility for it. A returned message still carries ours, so that its
 * header alone proves that we sent it. Start with {@link dev.backstop.auth.dkim.DkimVerifier} and
 * {@link dev.backstop.auth.dkim.DkimSigner}.
 */
@NullMarked
package dev.backstop.auth.dkim;

import org.jspecify.annotations.NullMarked;
