/**
 * The client side of the gateway: SMTP (RFC 5321) or LMTP (RFC 2033) towards the mail server behind
 * us. It hands on commands and messages and brings back the server's own replies, made safe to
 * relay. It queues nothing and answers nothing itself: what cannot be had is an exception, never a
 * success. Start with {@link dev.backstop.edge.smtp.nexthop.NextHops}.
 */
@NullMarked
package dev.backstop.edge.smtp.nexthop;

import org.jspecify.annotations.NullMarked;
