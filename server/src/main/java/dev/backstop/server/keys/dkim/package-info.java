/**
 * The DKIM keys of an installation (RFC 6376 §3.1, §3.6): which sign, which wait for their record
 * to be published, and which are kept only to recognise what comes back. A returned message that
 * carries a signature made with one of them was sent by us, whatever has happened to the key since.
 * Start with {@link dev.backstop.server.keys.dkim.DkimKeys}.
 */
@NullMarked
package dev.backstop.server.keys.dkim;

import org.jspecify.annotations.NullMarked;
