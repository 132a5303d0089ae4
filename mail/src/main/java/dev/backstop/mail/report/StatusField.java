package dev.backstop.mail.report;

import org.jspecify.annotations.Nullable;

/**
 * The Status field (RFC 3464 §2.3.4) as it comes: {@code 5.1.1 (comment)}, {@code smtp;550 5.1.1},
 * {@code 5,1,1}, {@code 5. 1. 1}, {@code 5.1}, {@code 550}. What is missing is 0, "other or
 * undefined" (RFC 3463 §3.1).
 */
final class StatusField {
  private final String text;
  private int at;

  private StatusField(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /** {@code class.subject.detail} of class 2, 4 or 5; {@code null} when there is none. */
  static @Nullable String parse(String field) {
    String exact = EnhancedStatus.find(field);
    if (exact != null) {
      return exact;
    }
    int start = 0;
    while (start < field.length() && !isDigit(field.charAt(start))) {
      start++;
    }
    return start == field.length() ? null : new StatusField(field, start).read();
  }

  private @Nullable String read() {
    String status = digits();
    char first = status.charAt(0);
    if (first != '2' && first != '4' && first != '5') {
      return null;
    }
    if (status.length() == 3) {
      return first + ".0.0"; // an SMTP reply code
    }
    return status.length() > 1 ? null : first + "." + group() + "." + group();
  }

  /** The digits after a dot or a comma, else 0. */
  private String group() {
    skipBlanks();
    if (at == text.length() || ".,".indexOf(text.charAt(at)) < 0) {
      return "0";
    }
    at++;
    skipBlanks();
    String digits = digits();
    if (digits.isEmpty() || digits.length() > 3) {
      at = text.length();
      return "0";
    }
    return digits;
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  private String digits() {
    int start = at;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
