package dev.backstop.mail.report;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@code message/feedback-report} part: somebody complains of a message (RFC 5965 §3, RFC 6591).
 *
 * @param type Feedback-Type, lower case: abuse, fraud, auth-failure …
 * @param userAgent the software that made it
 * @param originalMailFrom reverse-path of the message, without angle brackets
 * @param originalRecipient Original-Rcpt-To, without angle brackets
 * @param sourceAddress Source-IP
 */
public record FeedbackReport(
    @Nullable String type,
    @Nullable String userAgent,
    @Nullable String originalMailFrom,
    @Nullable String originalRecipient,
    @Nullable String sourceAddress) {

  /** Never fails; all {@code null} when nothing can be read. */
  public static FeedbackReport parse(String text) {
    var blocks = FieldBlocks.parse(text, Set.of("feedback-type"));
    Map<String, String> fields = blocks.isEmpty() ? Map.of() : blocks.getFirst();
    String type = fields.get("feedback-type");
    return new FeedbackReport(
        type == null ? null : type.toLowerCase(Locale.ROOT),
        fields.get("user-agent"),
        TypedField.address(fields.get("original-mail-from")),
        TypedField.address(fields.get("original-rcpt-to")),
        fields.get("source-ip"));
  }
}
