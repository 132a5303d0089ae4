package dev.backstop.mail.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a delivery status sorted into those about the message and those about each
 * recipient (RFC 3464 §2.1), whatever the empty lines between them say: some reporters forget them,
 * others put them inside a recipient's fields.
 *
 * @param message per-message fields; of equal ones the first
 * @param recipients one map for each recipient, in order
 * @param cut true when the text has more blocks than are read
 */
record StatusBlocks(
    Map<String, String> message, List<Map<String, String>> recipients, boolean cut) {
  private static final Set<String> ADDRESSES = Set.of("final-recipient", "original-recipient");

  /** Fields that a recipient has once, and that make fields a recipient's. */
  private static final Set<String> PER_RECIPIENT =
      Set.of(
          "final-recipient",
          "original-recipient",
          "action",
          "status",
          "diagnostic-code",
          "remote-mta",
          "last-attempt-date",
          "final-log-id",
          "will-retry-until");

  /** What counts of the fields behind a recipient: a returned header may be glued on there. */
  private static final Set<String> PER_MESSAGE =
      Set.of(
          "reporting-mta",
          "received-from-mta",
          "original-envelope-id",
          "dsn-gateway",
          "arrival-date");

  static StatusBlocks parse(String text) {
    List<Map<String, String>> blocks = FieldBlocks.parse(text, ADDRESSES);
    var status =
        new StatusBlocks(
            new LinkedHashMap<>(), new ArrayList<>(), blocks.size() == FieldBlocks.MAX_BLOCKS);
    for (Map<String, String> block : blocks) {
      status.add(block);
    }
    return status;
  }

  private void add(Map<String, String> block) {
    Map<String, String> recipient = new LinkedHashMap<>();
    for (var field : block.entrySet()) {
      String name = field.getKey();
      if (!recipient.isEmpty() || PER_RECIPIENT.contains(name)) {
        recipient.put(name, field.getValue());
      } else if (recipients.isEmpty() || PER_MESSAGE.contains(name)) {
        message.putIfAbsent(name, field.getValue());
      }
    }
    if (continuesLast(recipient)) {
      recipient.forEach(recipients.getLast()::putIfAbsent);
    } else if (isRecipient(recipient)) {
      recipients.add(recipient);
    }
  }

  /** A block that repeats nothing of the recipient before, and names none if that one has one. */
  private boolean continuesLast(Map<String, String> block) {
    if (recipients.isEmpty() || block.isEmpty()) {
      return false;
    }
    Map<String, String> last = recipients.getLast();
    boolean namesAnother =
        last.containsKey("final-recipient")
            && (block.containsKey("final-recipient") || block.containsKey("original-recipient"));
    boolean repeats =
        block.keySet().stream().anyMatch(n -> PER_RECIPIENT.contains(n) && last.containsKey(n));
    return !namesAnother && !repeats;
  }

  private static boolean isRecipient(Map<String, String> block) {
    return block.containsKey("final-recipient")
        || block.containsKey("original-recipient")
        || block.containsKey("action");
  }
}
