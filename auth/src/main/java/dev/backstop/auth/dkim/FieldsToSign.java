package dev.backstop.auth.dkim;

import java.util.ArrayList;
import java.util.List;

/**
 * Which fields our signatures cover (RFC 6376 §5.4). What is in none of these lists is never
 * signed: trace fields (Received, Return-Path, Authentication-Results, ARC and others' signatures)
 * change on the way, Bcc is taken out, and what we do not know may be.
 *
 * <p>A field is <em>sealed</em> by naming it once more than it occurs: then none can be added above
 * it, where many readers would take it for the real one (RFC 6376 §8.15).
 */
final class FieldsToSign {
  /**
   * Sealed even when missing: who wrote to whom, about what, in answer to what. Whoever adds one of
   * them makes it another message, and no relay has reason to.
   */
  private static final List<String> SEALED =
      List.of("From", "To", "Cc", "Subject", "Reply-To", "In-Reply-To", "References");

  /**
   * Sealed when present. Servers and lists on the way add the first five to mail that lacks them,
   * and may; none of them changes what is there. A read receipt or an Auto-Submitted that was asked
   * for is ours and no more may be.
   */
  private static final List<String> SEALED_WHEN_PRESENT =
      List.of(
          "Date",
          "Message-ID",
          "MIME-Version",
          "Content-Type",
          "Content-Transfer-Encoding",
          "Auto-Submitted",
          "Disposition-Notification-To");

  /**
   * Signed as they are. Our token is of no use to others than us. A list or somebody who resends
   * puts its own above ours, which must not break our signature; ours below stay signed. RFC 8058
   * §4 wants both List-Unsubscribe fields covered.
   */
  private static final List<String> AS_PRESENT =
      List.of(
          "Backstop-Token",
          "Sender",
          "Resent-Date",
          "Resent-From",
          "Resent-Sender",
          "Resent-To",
          "Resent-Cc",
          "Resent-Message-ID",
          "List-Id",
          "List-Help",
          "List-Unsubscribe",
          "List-Unsubscribe-Post",
          "List-Subscribe",
          "List-Post",
          "List-Owner",
          "List-Archive");

  private FieldsToSign() {}

  /** The names for {@code h=}. */
  static List<String> of(SignedHeader header) {
    List<String> names = new ArrayList<>(40);
    for (String name : SEALED) {
      add(names, name, header.count(name) + 1);
    }
    for (String name : SEALED_WHEN_PRESENT) {
      int count = header.count(name);
      add(names, name, count == 0 ? 0 : count + 1);
    }
    for (String name : AS_PRESENT) {
      add(names, name, header.count(name));
    }
    return names;
  }

  private static void add(List<String> names, String name, int times) {
    for (int i = 0; i < times; i++) {
      names.add(name);
    }
  }
}
