package dev.backstop.mail.header;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a Received field says of the host that handed the message over (RFC 5321 §4.4). Every mail
 * server writes it in its own way; this reads the from-clause of all that we have met.
 *
 * @param helo the name the client gave
 * @param name the name the server found, when it wrote one
 * @param address IP address without brackets and {@code IPv6:}
 * @param by the server that wrote the field
 */
public record Received(
    @Nullable String helo, @Nullable String name, @Nullable String address, @Nullable String by) {
  private static final int MAX_CLAUSE = 1000;

  /** Never fails; all parts are {@code null} for {@code Received: (qmail 1 invoked by uid 0)}. */
  public static Received parse(String field) {
    String text = field.length() > MAX_CLAUSE ? field.substring(0, MAX_CLAUSE) : field;
    if (!text.regionMatches(true, 0, "from ", 0, 5)) {
      return new Received(null, null, null, wordAfter(text, "by "));
    }
    int by = indexOfBy(text);
    String clause = text.substring(5, by < 0 ? text.length() : by).strip();
    String first = firstWord(clause, 0);
    String stated = stated(clause);
    String name = null;
    int parenthesis = clause.indexOf('(');
    if (parenthesis >= 0) {
      String inside = firstWord(clause, parenthesis + 1);
      name = isName(inside) ? inside : null;
    }
    String helo = stated == null ? unbracketed(first) : stated;
    return new Received(helo, name, lastAddress(clause), by < 0 ? null : firstWord(text, by + 4));
  }

  /** Start of {@code by} as a word of its own outside parentheses, with the blank before it. */
  private static int indexOfBy(String text) {
    for (int i = 5; i + 4 < text.length(); i++) {
      if (text.charAt(i) == '(') {
        i = Comments.end(text, i) - 1;
      } else if (text.charAt(i) <= ' '
          && text.regionMatches(true, i + 1, "by", 0, 2)
          && text.charAt(i + 3) <= ' ') {
        return i;
      }
    }
    return -1;
  }

  /** {@code (HELO name)}, {@code (EHLO name)} of qmail and others, {@code helo=name} of Exim. */
  private static @Nullable String stated(String clause) {
    String lower = clause.toLowerCase(Locale.ROOT);
    for (String mark : new String[] {"(helo ", "(ehlo ", "helo="}) {
      int at = lower.indexOf(mark);
      if (at >= 0) {
        return unbracketed(firstWord(clause, at + mark.length()));
      }
    }
    return null;
  }

  private static @Nullable String wordAfter(String text, String mark) {
    if (text.regionMatches(true, 0, mark, 0, mark.length())) {
      return firstWord(text, mark.length());
    }
    return null;
  }

  private static String firstWord(String text, int from) {
    int start = from;
    while (start < text.length() && text.charAt(start) <= ' ') {
      start++;
    }
    int end = start;
    while (end < text.length() && text.charAt(end) > ' ' && "();,".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(start, end);
  }

  private static boolean isName(String word) {
    boolean keyword = word.equalsIgnoreCase("HELO") || word.equalsIgnoreCase("EHLO");
    return !keyword && !word.isEmpty() && word.indexOf('=') < 0 && IpText.find(word, 0) == null;
  }

  private static @Nullable String unbracketed(String word) {
    String bare =
        word.startsWith("[") && word.endsWith("]") ? word.substring(1, word.length() - 1) : word;
    return bare.isEmpty() ? null : bare;
  }

  /** The last one: servers write what they saw after what they were told. */
  private static @Nullable String lastAddress(String clause) {
    String last = null;
    int at = 0;
    while (at < clause.length()) {
      IpText.Found found = IpText.find(clause, at);
      if (found == null) {
        break;
      }
      last = found.address();
      at = found.end();
    }
    return last;
  }
}
