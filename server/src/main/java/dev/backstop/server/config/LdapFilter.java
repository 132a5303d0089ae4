package dev.backstop.server.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pattern of a search filter (RFC 4515): only what can be seen without knowing the syntax. */
final class LdapFilter {
  private static final int MOST = 2000;
  private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

  private LdapFilter() {}

  /**
   * @throws IllegalArgumentException with the reason in plain words
   */
  static String check(String text) {
    Plain.line(text);
    if (text.length() > MOST) {
      throw new IllegalArgumentException("is longer than " + MOST + " characters");
    }
    if (!text.startsWith("(") || !text.endsWith(")") || !isBalanced(text)) {
      throw new IllegalArgumentException("must stand in parentheses, each opened one closed");
    }
    boolean asks = false;
    Matcher places = PLACE.matcher(text);
    while (places.find()) {
      asks |= asks(places.group(1));
    }
    if (!asks) {
      throw new IllegalArgumentException(
          "finds the same for everybody: it needs {address} or {local}");
    }
    return text;
  }

  private static boolean asks(String place) {
    return switch (place) {
      case "address", "local" -> true;
      case "domain" -> false;
      default ->
          throw new IllegalArgumentException(
              "knows {address}, {local} and {domain}, not {" + place + "}");
    };
  }

  private static boolean isBalanced(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth < 0 || (depth == 0 && i < text.length() - 1)) {
        return false;
      }
    }
    return depth == 0;
  }
}
