/**
 * Who takes mail for a domain (RFC 5321 §5.1, RFC 7505): a bounce or an answer that finds nobody is
 * lost, and many receivers refuse senders that cannot be answered. Start with {@link
 * dev.backstop.auth.doctor.mx.MxFacts}.
 */
@NullMarked
package dev.backstop.auth.doctor.mx;

import org.jspecify.annotations.NullMarked;
