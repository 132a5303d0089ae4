/**
 * DMARC (RFC 9989): whether the domain that readers see in From is backed by SPF or DKIM, and what
 * its owner wants done with mail where it is not.
 *
 * <p>SPF and DKIM each vouch for some domain, but not for the one in From; without DMARC anybody
 * passes both with a domain of his own and still writes as somebody else. Policies are found by
 * walking up the DNS tree, not by a list of public suffixes. This package knows nothing of the
 * engines of SPF and DKIM: it takes the domains that they found. Start with {@link
 * dev.backstop.auth.dmarc.DmarcVerifier}.
 */
@NullMarked
package dev.backstop.auth.dmarc;

import org.jspecify.annotations.NullMarked;
