package dev.backstop.bounce.form;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One word for why a message was not delivered: {@code reasons.txt}, then the status code. */
final class Reasons {
  private static final List<String> NAMES = new ArrayList<>();
  private static final Phrases PHRASES = load();

  private Reasons() {}

  private static Phrases load() {
    List<String> phrases = new ArrayList<>();
    for (String[] row : Table.read("reasons.txt", 2)) {
      NAMES.add(row[0]);
      phrases.add(row[1]);
    }
    return new Phrases(phrases);
  }

  /**
   * {@code null} when nothing tells.
   *
   * @param said words of the server, any case
   * @param status enhanced status code from the report or those words
   */
  static @Nullable String of(String said, @Nullable String status) {
    String definite = status == null ? null : definite(status.substring(1));
    if (definite != null) {
      return definite;
    }
    int phrase = PHRASES.first(Folded.line(said));
    return phrase >= 0 ? NAMES.get(phrase) : status == null ? null : byStatus(status.substring(1));
  }

  /** Codes that say one thing only and are used for it. */
  private static @Nullable String definite(String status) {
    return switch (status) {
      case ".2.2" -> "mailbox-full";
      case ".3.4" -> "message-too-large";
      case ".4.7" -> "expired";
      case ".1.7", ".1.8" -> "sender-rejected";
      case ".7.26", ".7.20", ".7.21", ".7.22", ".7.23", ".7.24", ".7.515" ->
          "authentication"; // RFC 7372
      case ".7.25" -> "reverse-dns"; // RFC 7372
      case ".1.6" -> "moved";
      default -> null;
    };
  }

  /** RFC 3463 §3, and the registry of enhanced status codes. */
  private static @Nullable String byStatus(String status) {
    return switch (status) {
      case ".1.1", ".1.3", ".1.4", ".1.0" -> "no-such-user";
      case ".1.2", ".1.10", ".4.4" -> "no-such-domain";
      case ".2.1" -> "mailbox-disabled";
      case ".2.3" -> "message-too-large";
      case ".4.1", ".4.2", ".4.6" -> "network";
      case ".5.0", ".5.1", ".5.2", ".5.4", ".5.5" -> "protocol";
      case ".6.0", ".6.1", ".6.2", ".6.3", ".6.6" -> "content";
      case ".3.0", ".3.1", ".3.2", ".3.3", ".3.5" -> "system";
      default -> status.startsWith(".7.") ? "policy" : null;
    };
  }
}
