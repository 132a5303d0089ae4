/**
 * The gateway: SMTP (RFC 5321) between clients and a next hop, without a queue. What the next hop
 * has not taken is never answered 250; what cannot be handed on is refused while its sender is
 * there. See docs/flow.md.
 */
@NullMarked
package dev.backstop.edge.smtp;

import org.jspecify.annotations.NullMarked;
