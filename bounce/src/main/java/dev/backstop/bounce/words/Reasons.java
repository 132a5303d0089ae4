package dev.backstop.bounce.words;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One word for why a message was not delivered: {@code reasons.txt} and the status code. */
public final class Reasons {
  private static final List<String[]> ROWS = Table.read("reasons.txt", 2);
  private static final Reasons STRONG = new Reasons(false);
  private static final Reasons WEAK = new Reasons(true);

  private final List<Reason> reasons = new ArrayList<>();
  private final Phrases phrases;

  private Reasons(boolean weak) {
    List<String> words = new ArrayList<>();
    for (String[] row : ROWS) {
      if (row[0].endsWith("?") == weak) {
        reasons.add(named(row[0]));
        words.add(Fold.line(row[1]));
      }
    }
    phrases = new Phrases(words);
  }

  /** The reason that a row of the table names. */
  static Reason named(String name) {
    return Table.constant(Reason.class, name.replace("?", ""));
  }

  /**
   * The reason by code and words: codes that say one thing only, then words that do, then other
   * codes, then words that many reasons share, at last the same in all of the text.
   *
   * @param said words of the server, any case
   * @param status enhanced status code of the report or in those words
   * @param text what else the message says, folded; empty when it says more than one reason
   * @return {@link Reason#UNKNOWN} when nothing tells
   */
  public static Reason of(String said, @Nullable String status, String text) {
    String code = status == null ? "" : status.substring(1);
    String folded = Fold.line(said);
    Reason reason = definite(code);
    reason = reason == Reason.UNKNOWN ? STRONG.in(folded) : reason;
    reason = reason == Reason.UNKNOWN ? byStatus(code) : reason;
    reason = reason == Reason.UNKNOWN ? WEAK.in(folded) : reason;
    if (reason == Reason.UNKNOWN && code.startsWith(".7.") && text.isEmpty()) {
      return Reason.POLICY;
    }
    if (reason == Reason.UNKNOWN && !text.isEmpty()) {
      reason = STRONG.in(text);
      reason = reason == Reason.UNKNOWN ? WEAK.in(text) : reason;
    }
    return reason;
  }

  private Reason in(String folded) {
    int phrase = folded.isEmpty() ? -1 : phrases.first(folded);
    return phrase < 0 ? Reason.UNKNOWN : reasons.get(phrase);
  }

  /**
   * Whether trying again is of no use: by the class of status or reply, else by the reason.
   *
   * @param text what the message says, folded
   * @param delayed true when the report says that the message is still being tried
   * @return {@code null} when nothing tells
   */
  public static @Nullable Boolean isPermanent(
      Reason reason,
      @Nullable String status,
      @Nullable Integer reply,
      String text,
      boolean delayed) {
    if (delayed) {
      return false;
    }
    if (status != null && (status.charAt(0) == '4' || status.charAt(0) == '5')) {
      return status.charAt(0) == '5';
    }
    if (reply != null) {
      return reply >= 500;
    }
    if (text.contains("perman") || text.contains("given up")) {
      return true;
    }
    return switch (reason) {
      case NO_SUCH_USER,
          MAILBOX_DISABLED,
          NO_SUCH_DOMAIN,
          RELAYING_DENIED,
          MESSAGE_TOO_LARGE,
          CONTENT_REFUSED,
          POLICY,
          AUTHENTICATION,
          REPUTATION,
          EXPIRED ->
          true;
      case RATE_LIMITED, GREYLISTED -> false;
      case MAILBOX_FULL, NETWORK, SYSTEM, UNKNOWN -> null;
    };
  }

  /** Codes that say one thing only and are used for it. */
  private static Reason definite(String status) {
    return switch (status) {
      case ".2.2" -> Reason.MAILBOX_FULL;
      case ".3.4" -> Reason.MESSAGE_TOO_LARGE;
      case ".4.7" -> Reason.EXPIRED;
      case ".1.7", ".1.8" -> Reason.POLICY; // the sender's address
      case ".7.26", ".7.20", ".7.21", ".7.22", ".7.23", ".7.24", ".7.25", ".7.515" ->
          Reason.AUTHENTICATION; // RFC 7372, and one of Microsoft's own
      case ".1.6" -> Reason.NO_SUCH_USER; // has moved
      default -> Reason.UNKNOWN;
    };
  }

  /** RFC 3463 §3, and the registry of enhanced status codes. */
  private static Reason byStatus(String status) {
    return switch (status) {
      case ".1.1", ".1.3", ".1.4", ".1.0" -> Reason.NO_SUCH_USER;
      case ".1.2", ".1.10", ".4.4" -> Reason.NO_SUCH_DOMAIN;
      case ".2.1" -> Reason.MAILBOX_DISABLED;
      case ".2.3" -> Reason.MESSAGE_TOO_LARGE;
      case ".4.1", ".4.2", ".4.6" -> Reason.NETWORK;
      case ".5.1", ".5.2", ".5.4", ".5.5" -> Reason.SYSTEM;
      case ".6.0", ".6.1", ".6.2", ".6.3", ".6.6" -> Reason.CONTENT_REFUSED;
      case ".3.0", ".3.1", ".3.2", ".3.3", ".3.5" -> Reason.SYSTEM;
      default -> Reason.UNKNOWN;
    };
  }
}
