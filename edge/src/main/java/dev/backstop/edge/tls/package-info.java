/**
 * TLS (RFC 8446, RFC 5246) over any blocking channel, and the certificates for it. A door begins
 * with {@link dev.backstop.edge.tls.ServerTls}, whoever connects to another server with {@link
 * dev.backstop.edge.tls.ClientTls}; both make engines for {@link
 * dev.backstop.edge.tls.TlsChannel#handshake}.
 *
 * <p>The cryptography is the JDK's. What is ours: that an idle connection holds next to no memory,
 * that anybody may end it from outside, and what is refused.
 */
@NullMarked
package dev.backstop.edge.tls;

import org.jspecify.annotations.NullMarked;
