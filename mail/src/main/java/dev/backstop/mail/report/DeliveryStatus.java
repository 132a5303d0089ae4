package dev.backstop.mail.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code message/delivery-status} or {@code message/global-delivery-status} part (RFC 3464 §2,
 * RFC 6533 §4).
 *
 * @param reportingMta host name without its type (§2.2.2)
 * @param receivedFromMta who handed the message to the reporting system (§2.2.4)
 * @param originalEnvelopeId ENVID of the message (§2.2.1)
 * @param fieldNames lower-cased names of the per-message fields: extensions tell the software
 * @param recipients in order (§2.3)
 */
public record DeliveryStatus(
    @Nullable String reportingMta,
    @Nullable String receivedFromMta,
    @Nullable String originalEnvelopeId,
    List<String> fieldNames,
    List<Recipient> recipients) {
  private static final int MAX_RECIPIENTS = 1000;

  /**
   * What is said of one recipient.
   *
   * @param finalRecipient the address without its type (§2.3.2)
   * @param originalRecipient likewise (§2.3.1)
   * @param action lower case: failed, delayed, delivered, relayed, expanded, or what stands there
   *     (§2.3.3)
   * @param status {@code class.subject.detail} without comment (§2.3.4); {@code null} when none can
   *     be read
   * @param diagnostic Diagnostic-Code without its type, one line (§2.3.6)
   * @param remoteMta host name without its type (§2.3.5)
   */
  public record Recipient(
      @Nullable String finalRecipient,
      @Nullable String originalRecipient,
      @Nullable String action,
      @Nullable String status,
      @Nullable String diagnostic,
      @Nullable String remoteMta) {}

  /** Never fails; no recipients when the text is no delivery status. */
  public static DeliveryStatus parse(String text) {
    String mta = null;
    String from = null;
    String envelope = null;
    List<String> names = new ArrayList<>();
    List<Recipient> recipients = new ArrayList<>();
    for (Map<String, String> block : FieldBlocks.parse(text, "final-recipient")) {
      mta = mta == null ? host(block.get("reporting-mta")) : mta;
      from = from == null ? host(block.get("received-from-mta")) : from;
      envelope = envelope == null ? block.get("original-envelope-id") : envelope;
      if (isRecipient(block)) {
        if (recipients.size() < MAX_RECIPIENTS) {
          recipients.add(recipient(block));
        }
      } else {
        names.addAll(block.keySet());
      }
    }
    return new DeliveryStatus(mta, from, envelope, names, recipients);
  }

  private static boolean isRecipient(Map<String, String> block) {
    return block.containsKey("final-recipient")
        || block.containsKey("original-recipient")
        || block.containsKey("action");
  }

  private static Recipient recipient(Map<String, String> block) {
    String action = block.get("action");
    return new Recipient(
        TypedField.address(block.get("final-recipient")),
        TypedField.withoutXtext(TypedField.address(block.get("original-recipient"))),
        action == null ? null : firstWord(action).toLowerCase(Locale.ROOT),
        EnhancedStatus.find(block.getOrDefault("status", "")),
        TypedField.text(block.get("diagnostic-code")),
        host(block.get("remote-mta")));
  }

  /** Without type, and without the blanks and comments that some add. */
  private static @Nullable String host(@Nullable String field) {
    String text = TypedField.text(field);
    return text == null ? null : firstWord(text);
  }

  private static String firstWord(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) > ' ' && text.charAt(end) != ';') {
      end++;
    }
    return text.substring(0, end);
  }
}
