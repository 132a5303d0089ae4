/**
 * The PROXY protocol of HAProxy, versions 1 and 2 (proxy-protocol.txt, 2020/03/05): the first
 * octets of a connection, by which a load balancer says who is behind it. Whoever may send one can
 * claim any address, so it is read only from machines that are configured, and from those always.
 * Start with {@link dev.backstop.edge.proxy.ProxyHeader}.
 */
@NullMarked
package dev.backstop.edge.proxy;

import org.jspecify.annotations.NullMarked;
