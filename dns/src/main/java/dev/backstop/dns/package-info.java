/**
 * Questions to name servers (RFC 1035). An answer is a value that says which kind of nothing was
 * found, because mail is accepted, refused or deferred by that difference. Start with {@link
 * dev.backstop.dns.Resolver}.
 */
@NullMarked
package dev.backstop.dns;

import org.jspecify.annotations.NullMarked;
