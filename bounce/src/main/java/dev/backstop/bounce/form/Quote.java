package dev.backstop.bounce.form;

import dev.backstop.mail.header.IpText;
import dev.backstop.mail.report.EnhancedStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a bounce quotes of the server that refused: {@code host mx.example.net [192.0.2.1] said: 550
 * 5.1.1 no such user}, in the many ways of writing it.
 *
 * @param line all in one line, runs of blanks as one
 * @param reply index of the server's reply code, or -1
 */
record Quote(String line, int reply) {
  private static final int MAX_LINE = 4000;
  private static final int MAX_DIAGNOSTIC = 500;

  static Quote of(String text) {
    String line = oneLine(text);
    return new Quote(line, startOfReply(line));
  }

  /** Runs of blanks and line ends as one blank; the beginning of very long texts. */
  private static String oneLine(String text) {
    int end = Math.min(text.length(), MAX_LINE);
    var line = new StringBuilder(end);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean blank = c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0;
      if (!blank) {
        line.append(c);
      } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
    return line.toString().strip();
  }

  boolean hasReply() {
    return reply >= 0;
  }

  /** The reply and what follows, or the whole line; empty when there is nothing. */
  String diagnostic() {
    String words = reply < 0 ? line : withoutGoodbye(line.substring(reply));
    return words.length() > MAX_DIAGNOSTIC ? words.substring(0, MAX_DIAGNOSTIC) : words;
  }

  /** The diagnostic up to a reply with another status: what one server said. */
  static String firstReply(String diagnostic) {
    String first = EnhancedStatus.find(diagnostic);
    int at = first == null ? -1 : diagnostic.indexOf(first) + first.length();
    while (at > 0) {
      int next = startOfReply(diagnostic.substring(at));
      String rest = next < 0 ? "" : diagnostic.substring(at + next);
      String status = EnhancedStatus.find(rest.substring(0, Math.min(rest.length(), 12)));
      if (status != null && !status.equals(first)) {
        return diagnostic.substring(0, at + next);
      }
      at = next < 0 ? -1 : at + next + 3;
    }
    return diagnostic;
  }

  @Nullable Integer code() {
    return reply < 0 ? null : EnhancedStatus.replyCode(diagnostic());
  }

  /** Index of the first 4xx or 5xx reply, or -1. */
  private static int startOfReply(String line) {
    for (int i = 0; i + 3 < line.length(); i++) {
      char c = line.charAt(i);
      if ((c == '4' || c == '5') && (i == 0 || isBefore(line.charAt(i - 1)))) {
        Integer code = EnhancedStatus.replyCode(line.substring(i, i + 4));
        if (code != null) {
          return i;
        }
      }
    }
    return -1;
  }

  private static boolean isBefore(char c) {
    return " :<(\"'#;=[".indexOf(c) >= 0 || c >= 0x80;
  }

  /** qmail's last words belong to qmail, not to the server it quotes. */
  private static String withoutGoodbye(String diagnostic) {
    int end = diagnostic.indexOf(" Giving up on ");
    return end < 0 ? diagnostic : diagnostic.substring(0, end);
  }

  /**
   * The host that the reply came from: its name before an address in brackets, or behind {@code
   * host} or {@code while talking to}; the address when there is no name.
   */
  @Nullable String remote() {
    String before = reply < 0 ? line : line.substring(0, reply);
    String name = named(before, "while talking to ");
    name = name == null ? named(before, "host ") : name;
    name = name == null ? named(before, "host: ") : name;
    IpText.Found address = IpText.find(before, 0);
    if (address == null || name != null) {
      return name;
    }
    int bracket = Math.max(before.indexOf('['), before.indexOf('('));
    String ahead = bracket < 0 ? "" : before.substring(0, bracket).strip();
    String word = ahead.substring(ahead.lastIndexOf(' ') + 1);
    return isHost(word) ? withoutDot(word) : address.address();
  }

  private static @Nullable String named(String text, String before) {
    int at = IgnoringCase.indexOf(text, before);
    if (at < 0) {
      return null;
    }
    int start = at + before.length();
    start += text.startsWith("host ", start) ? 5 : 0;
    int end = start;
    while (end < text.length() && isHostChar(text.charAt(end))) {
      end++;
    }
    String word = text.substring(start, end);
    return isHost(word) ? withoutDot(word) : null;
  }

  private static boolean isHostChar(char c) {
    return c == '.' || c == '-' || c == '_' || Character.isLetterOrDigit(c);
  }

  private static boolean isHost(String word) {
    boolean letters = word.chars().anyMatch(Character::isLetter);
    return letters && word.indexOf('.') > 0 && word.indexOf('@') < 0;
  }

  private static String withoutDot(String host) {
    String name = host.startsWith("<") ? host.substring(1) : host;
    return name.endsWith(".") || name.endsWith(":")
        ? withoutDot(name.substring(0, name.length() - 1))
        : name;
  }
}
