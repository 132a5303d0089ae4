/**
 * The doors: they translate a protocol into a {@link dev.backstop.mail.smtp.Transaction} and an
 * {@link dev.backstop.edge.Action} back into the protocol. They decide nothing; a {@link
 * dev.backstop.edge.TransactionFilter} does.
 */
@NullMarked
package dev.backstop.edge;

import org.jspecify.annotations.NullMarked;
