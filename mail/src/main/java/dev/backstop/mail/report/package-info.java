/**
 * The machine-readable parts of reports inside messages: delivery status (RFC 3464, RFC 6533),
 * disposition notification (RFC 8098), feedback report (RFC 5965).
 *
 * <p>Each has the same shape, blocks of header fields with empty lines between them ({@link
 * dev.backstop.mail.report.FieldBlocks}). Parsers read what makes sense and never throw; an empty
 * result says that it was not such a report.
 */
@NullMarked
package dev.backstop.mail.report;

import org.jspecify.annotations.NullMarked;
