package dev.backstop.bounce.form;

import dev.backstop.bounce.words.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One recipient of the returned message as the bounce reports it (RFC 3464 §2.3).
 *
 * @param finalRecipient Final-Recipient, the address without its type
 * @param originalRecipient Original-Recipient, xtext decoded (RFC 3461 §4.2)
 * @param action failed, delayed, delivered, relayed or expanded
 * @param status enhanced status code, such as {@code 5.1.1}
 * @param smtp SMTP reply code in the diagnostic, such as 550
 * @param reason why; {@code null} when the message was delivered, relayed or expanded
 * @param permanent true when trying again is of no use: class 5 of the status or the reply, or a
 *     reason that lasts; {@code null} when there is no reason or nothing tells
 * @param diagnostic the remote server's words, one line
 * @param remoteMta the server that said them
 */
public record ReportedRecipient(
    @Nullable String finalRecipient,
    @Nullable String originalRecipient,
    @Nullable String action,
    @Nullable String status,
    @Nullable Integer smtp,
    @Nullable Reason reason,
    @Nullable Boolean permanent,
    @Nullable String diagnostic,
    @Nullable String remoteMta) {}
