package dev.backstop.mail.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * @param fields the per-message fields as they are, by lower-cased name and in order, extensions
 *     too: they tell the software, and {@code x-postfix-queue-id} leads to its log
 * @param recipients in order (§2.3)
 * @param cut true when there were more recipients than are kept
 */
public record DeliveryStatus(
    @Nullable String reportingMta,
    @Nullable String receivedFromMta,
    @Nullable String originalEnvelopeId,
    Map<String, String> fields,
    List<Recipient> recipients,
    boolean cut) {
  static final int MAX_RECIPIENTS = 1000;

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
   * @param finalLogId what the server's log calls the attempt (§2.3.8)
   * @param willRetryUntil a date as written (§2.3.9)
   */
  public record Recipient(
      @Nullable String finalRecipient,
      @Nullable String originalRecipient,
      @Nullable String action,
      @Nullable String status,
      @Nullable String diagnostic,
      @Nullable String remoteMta,
      @Nullable String finalLogId,
      @Nullable String willRetryUntil) {

    private static Recipient of(Map<String, String> block) {
      String action = TypedField.word(block.get("action"));
      return new Recipient(
          TypedField.address(block.get("final-recipient")),
          TypedField.withoutXtext(TypedField.address(block.get("original-recipient"))),
          action == null ? null : action.toLowerCase(Locale.ROOT),
          StatusField.parse(block.getOrDefault("status", "")),
          TypedField.text(block.get("diagnostic-code")),
          TypedField.host(block.get("remote-mta")),
          block.get("final-log-id"),
          block.get("will-retry-until"));
    }
  }

  /** Never fails; no recipients when the text is no delivery status. */
  public static DeliveryStatus parse(String text) {
    StatusBlocks blocks = StatusBlocks.parse(text);
    var recipients = new ArrayList<Recipient>(Math.min(MAX_RECIPIENTS, blocks.recipients().size()));
    for (Map<String, String> block : blocks.recipients()) {
      if (recipients.size() < MAX_RECIPIENTS) {
        recipients.add(Recipient.of(block));
      }
    }
    Map<String, String> message = blocks.message();
    return new DeliveryStatus(
        TypedField.host(message.get("reporting-mta")),
        TypedField.host(message.get("received-from-mta")),
        message.get("original-envelope-id"),
        message,
        recipients,
        blocks.cut() || blocks.recipients().size() > MAX_RECIPIENTS);
  }

  /** Some write one part for each recipient: this one's recipients, then the other's. */
  public DeliveryStatus merge(DeliveryStatus other) {
    var both = new LinkedHashMap<>(fields);
    other.fields.forEach(both::putIfAbsent);
    var all = new ArrayList<>(recipients);
    int room = Math.min(MAX_RECIPIENTS - all.size(), other.recipients.size());
    all.addAll(other.recipients.subList(0, room));
    return new DeliveryStatus(
        reportingMta == null ? other.reportingMta : reportingMta,
        receivedFromMta == null ? other.receivedFromMta : receivedFromMta,
        originalEnvelopeId == null ? other.originalEnvelopeId : originalEnvelopeId,
        both,
        all,
        cut || other.cut || room < other.recipients.size());
  }

  /** Lower-cased names of the per-message fields. */
  public List<String> fieldNames() {
    return List.copyOf(fields.keySet());
  }

  /** When the message came to the reporting system (§2.2.5), as written. */
  public @Nullable String arrivalDate() {
    return fields.get("arrival-date");
  }
}
