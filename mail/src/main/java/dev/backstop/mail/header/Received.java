package dev.backstop.mail.header;

import java.util.Locale;
import java.util.Set;
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

  /** First words in parentheses that are no host. */
  private static final Set<String> WORDS =
      Set.of(
          "helo",
          "ehlo",
          "account",
          "authenticated",
          "envelope-from",
          "using",
          "may",
          "no",
          "port");

  /** Never fails; all parts are {@code null} for {@code Received: (qmail 1 invoked by uid 0)}. */
  public static Received parse(String field) {
    String text = (field.length() > MAX_CLAUSE ? field.substring(0, MAX_CLAUSE) : field).strip();
    boolean from = startsWithWord(text, "from");
    int by = startsWithWord(text, "by") ? -1 : indexOfBy(text, from ? 4 : 0);
    String host = by >= 0 || startsWithWord(text, "by") ? firstWord(text, by + 3) : "";
    String clause = from ? text.substring(4, by < 0 ? text.length() : by).strip() : "";
    String first = firstWord(clause, 0);
    int stated = stated(clause);
    String helo = firstWord(clause, Math.max(0, stated));
    return new Received(
        isUnknown(helo) ? null : unbracketed(helo),
        name(clause, first, stated >= 0),
        address(clause, stated, helo),
        unbracketed(host));
  }

  private static boolean startsWithWord(String text, String word) {
    int end = word.length();
    return text.regionMatches(true, 0, word, 0, end)
        && text.length() > end
        && text.charAt(end) <= ' ';
  }

  /** Before the HELO stands what the server found (qmail, Exim); else it is in parentheses. */
  private static @Nullable String name(String clause, String first, boolean stated) {
    if (stated && name(first) != null) {
      return name(first);
    }
    int parenthesis = clause.indexOf('(');
    return parenthesis < 0 ? null : name(firstWord(clause, parenthesis + 1));
  }

  /** A host's name without the user that ident named and without the final dot. */
  private static @Nullable String name(String word) {
    String host = word.substring(word.lastIndexOf('@') + 1);
    int end = host.endsWith(".") ? host.length() - 1 : host.length();
    boolean isName = end > 0 && IpText.find(host, 0) == null;
    for (int i = 0; i < end; i++) {
      char c = host.charAt(i);
      isName &= Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
    }
    String name = host.substring(0, end);
    return !isName || isUnknown(name) || WORDS.contains(name.toLowerCase(Locale.ROOT))
        ? null
        : name;
  }

  private static boolean isUnknown(String host) {
    return host.equalsIgnoreCase("unknown");
  }

  /** Start of {@code by} as a word of its own outside parentheses, with the blank before it. */
  private static int indexOfBy(String text, int from) {
    for (int i = from; i + 4 < text.length(); i++) {
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

  /**
   * Index of the name in {@code (HELO name)}, {@code (EHLO name)} of qmail and others, {@code
   * helo=name} of Exim; -1 when there is none.
   */
  private static int stated(String clause) {
    for (int at = clause.indexOf('('); at >= 0 && at + 6 < clause.length(); at++) {
      boolean begins = "( [".indexOf(clause.charAt(at)) >= 0;
      if (begins && (isHelo(clause, at + 1, "helo") || isHelo(clause, at + 1, "ehlo"))) {
        return at + 6;
      }
    }
    return -1;
  }

  private static boolean isHelo(String clause, int at, String word) {
    return clause.regionMatches(true, at, word, 0, 4) && " =".indexOf(clause.charAt(at + 4)) >= 0;
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

  private static @Nullable String unbracketed(String word) {
    String bare =
        word.startsWith("[") && word.endsWith("]") ? word.substring(1, word.length() - 1) : word;
    return bare.isEmpty() ? null : bare;
  }

  /**
   * The last one: servers write what they saw after what they were told. A stated HELO is what they
   * were told, wherever it stands.
   */
  private static @Nullable String address(String clause, int stated, String helo) {
    int told = stated < 0 ? 0 : clause.indexOf(helo, stated);
    String seen =
        stated < 0
            ? clause
            : clause.substring(0, told) + ' ' + clause.substring(told + helo.length());
    return lastAddress(seen.replace('@', ' '));
  }

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
