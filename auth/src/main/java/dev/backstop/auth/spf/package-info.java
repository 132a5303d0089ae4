/**
 * SPF (RFC 7208): a domain says which hosts may send mail with its name in the envelope.
 *
 * <p>Forged senders are what backscatter is made of. Before an automatic answer goes out, SPF tells
 * whether its receiver ever sent the mail; for a bounce that comes in, whose sender is empty, it
 * tells whether the host is who it says in HELO. Start with {@link
 * dev.backstop.auth.spf.SpfVerifier}; {@link dev.backstop.auth.spf.SpfRecord} is a record taken
 * apart.
 */
@NullMarked
package dev.backstop.auth.spf;

import org.jspecify.annotations.NullMarked;
