package dev.backstop.mail.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@code message/disposition-notification} part: a receipt (RFC 8098 §3).
 *
 * @param reportingAgent Reporting-UA: name of the host or program (§3.2.1)
 * @param finalRecipient the address without its type (§3.2.4)
 * @param originalRecipient likewise (§3.2.3)
 * @param originalMessageId of the message that was read (§3.2.5)
 * @param disposition displayed, deleted, dispatched, processed …, lower case (§3.2.6)
 * @param automatic true for {@code automatic-action}: no human asked for it
 */
public record DispositionNotification(
    @Nullable String reportingAgent,
    @Nullable String finalRecipient,
    @Nullable String originalRecipient,
    @Nullable String originalMessageId,
    @Nullable String disposition,
    boolean automatic) {

  /** {@code null} when the text has none of the fields of a disposition notification. */
  public static @Nullable DispositionNotification parse(String text) {
    List<Map<String, String>> blocks = FieldBlocks.parse(text, Set.of("disposition"));
    for (Map<String, String> block : blocks) {
      if (block.containsKey("disposition") || block.containsKey("final-recipient")) {
        return of(block);
      }
    }
    return null;
  }

  private static DispositionNotification of(Map<String, String> block) {
    String field = block.getOrDefault("disposition", "").toLowerCase(Locale.ROOT);
    int semicolon = field.indexOf(';');
    String type = semicolon < 0 ? "" : field.substring(semicolon + 1).strip();
    int modifier = type.indexOf('/');
    String disposition = modifier < 0 ? type : type.substring(0, modifier).strip();
    return new DispositionNotification(
        block.get("reporting-ua"),
        TypedField.address(block.get("final-recipient")),
        TypedField.withoutXtext(TypedField.address(block.get("original-recipient"))),
        block.get("original-message-id"),
        disposition.isEmpty() ? null : disposition,
        field.startsWith("automatic-action"));
  }
}
