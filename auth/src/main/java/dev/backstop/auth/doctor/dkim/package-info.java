/**
 * The DKIM keys that a domain publishes (RFC 6376 §3.6). DNS tells keys only to who knows their
 * selectors, so that those of ours, those given and a few that many use are looked for. Start with
 * {@link dev.backstop.auth.doctor.dkim.KeyFacts}.
 */
@NullMarked
package dev.backstop.auth.doctor.dkim;

import org.jspecify.annotations.NullMarked;
