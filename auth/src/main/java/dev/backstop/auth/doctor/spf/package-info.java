/**
 * Who may send for a domain, as its SPF record and all that it includes say it (RFC 7208). Looked
 * at as a whole, not for one client as {@link dev.backstop.auth.spf.SpfVerifier} does: what a
 * record costs and allows at worst. Start with {@link dev.backstop.auth.doctor.spf.SpfNode}.
 */
@NullMarked
package dev.backstop.auth.doctor.spf;

import org.jspecify.annotations.NullMarked;
