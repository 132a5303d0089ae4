package dev.backstop.bounce.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One word for why a message was not delivered: {@code reasons.txt}, then the status code. */
public final class Reasons {
  private static final List<Reason> REASONS = new ArrayList<>();
  private static final Phrases PHRASES = load();

  private Reasons() {}

  private static Phrases load() {
    List<String> phrases = new ArrayList<>();
    for (String[] row : Table.read("reasons.txt", 2)) {
      REASONS.add(named(row[0]));
      phrases.add(Fold.line(row[1]));
    }
    return new Phrases(phrases);
  }

  /**
   * {@link Reason#UNKNOWN} when nothing tells.
   *
   * @param said words of the server, any case
   * @param status enhanced status code from the report or those words
   */
  public static Reason of(String said, @Nullable String status) {
    Reason definite = status == null ? null : definite(status.substring(1));
    if (definite != null) {
      return definite;
    }
    int phrase = PHRASES.first(Fold.line(said));
    return phrase >= 0
        ? REASONS.get(phrase)
        : status == null ? Reason.UNKNOWN : byStatus(status.substring(1));
  }

  static Reason named(String name) {
    return Reason.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * Whether trying again is of no use: by the class of status or reply, else by the reason.
   *
   * @return {@code null} when nothing tells
   */
  public static @Nullable Boolean isPermanent(
      Reason reason, @Nullable String status, @Nullable Integer reply) {
    if (status != null && (status.charAt(0) == '4' || status.charAt(0) == '5')) {
      return status.charAt(0) == '5';
    }
    if (reply != null) {
      return reply >= 500;
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
          REPUTATION ->
          true;
      case MAILBOX_FULL, RATE_LIMITED, GREYLISTED, NETWORK, EXPIRED -> false;
      case SYSTEM, UNKNOWN -> null;
    };
  }

  /** Codes that say one thing only and are used for it. */
  private static @Nullable Reason definite(String status) {
    return switch (status) {
      case ".2.2" -> Reason.MAILBOX_FULL;
      case ".3.4" -> Reason.MESSAGE_TOO_LARGE;
      case ".4.7" -> Reason.EXPIRED;
      case ".1.7", ".1.8" -> Reason.POLICY;
      case ".7.26", ".7.20", ".7.21", ".7.22", ".7.23", ".7.24", ".7.25", ".7.515" ->
          Reason.AUTHENTICATION; // RFC 7372
      case ".1.6" -> Reason.NO_SUCH_USER; // has moved
      default -> null;
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
      case ".5.0", ".5.1", ".5.2", ".5.4", ".5.5" -> Reason.SYSTEM;
      case ".6.0", ".6.1", ".6.2", ".6.3", ".6.6" -> Reason.CONTENT_REFUSED;
      case ".3.0", ".3.1", ".3.2", ".3.3", ".3.5" -> Reason.SYSTEM;
      default -> status.startsWith(".7.") ? Reason.POLICY : Reason.UNKNOWN;
    };
  }
}
