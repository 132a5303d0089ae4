/** The octets of one message on their way through the gateway. */
@NullMarked
package dev.backstop.edge.smtp.content;

import org.jspecify.annotations.NullMarked;
