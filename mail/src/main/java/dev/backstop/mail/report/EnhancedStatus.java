package dev.backstop.mail.report;

import org.jspecify.annotations.Nullable;

/** Enhanced status codes (RFC 3463 §2) and SMTP reply codes (RFC 5321 §4.2) in running text. */
public final class EnhancedStatus {
  private EnhancedStatus() {}

  /** The first {@code class.subject.detail} with class 2, 4 or 5; {@code null} when none. */
  public static @Nullable String find(String text) {
    for (int at = text.indexOf('.'); at >= 0; at = text.indexOf('.', at + 1)) {
      int subjectEnd = digits(text, at + 1);
      if (at == 0 || subjectEnd == at + 1 || !charIs(text, subjectEnd, '.')) {
        continue;
      }
      int end = digits(text, subjectEnd + 1);
      boolean starts = at == 1 || isBoundary(text.charAt(at - 2));
      boolean ends = end == text.length() || isEnd(text, end);
      char status = text.charAt(at - 1);
      if (end > subjectEnd + 1
          && starts
          && ends
          && (status == '2' || status == '4' || status == '5')) {
        return text.substring(at - 1, end);
      }
    }
    return null;
  }

  /**
   * The SMTP reply code that the text begins with or states as {@code 550 }, {@code 550-} or {@code
   * (550)}; {@code null} when none does.
   */
  public static @Nullable Integer replyCode(String text) {
    for (int i = 0; i + 2 < text.length(); i++) {
      char first = text.charAt(i);
      boolean starts = i == 0 || isBoundary(text.charAt(i - 1));
      if (starts && (first == '2' || first == '4' || first == '5') && isReply(text, i)) {
        return (first - '0') * 100 + (text.charAt(i + 1) - '0') * 10 + text.charAt(i + 2) - '0';
      }
    }
    return null;
  }

  /** RFC 5321 §4.2: second digit 0 to 5, then a blank, a hyphen or the end. */
  private static boolean isReply(String text, int at) {
    char second = text.charAt(at + 1);
    boolean digits = second >= '0' && second <= '7' && isDigit(text.charAt(at + 2));
    return digits && (at + 3 == text.length() || " -:,)\t#\"".indexOf(text.charAt(at + 3)) >= 0);
  }

  /** At most three digits (RFC 3463 §2). */
  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && end - from < 3 && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean charIs(String text, int at, char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  /** Not inside a number, a name or an IP address. */
  private static boolean isBoundary(char c) {
    return c <= ' ' || "(#[:;,-\"'<=>".indexOf(c) >= 0;
  }

  private static boolean isEnd(String text, int at) {
    char c = text.charAt(at);
    boolean dotThenDigit = c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1));
    return !isDigit(c) && !dotThenDigit && !Character.isLetter(c);
  }
}
