package dev.backstop.bounce.form;

/** The words of an HTML text, good enough to find phrases and addresses in. */
final class HtmlText {
  private HtmlText() {}

  /** Block tags become line ends, other tags nothing; scripts and styles are left out. */
  static String strip(String html) {
    var text = new StringBuilder(html.length());
    int at = 0;
    while (at < html.length()) {
      int open = html.indexOf('<', at);
      if (open < 0) {
        text.append(html, at, html.length());
        break;
      }
      text.append(html, at, open);
      int close = html.indexOf('>', open);
      if (close < 0) {
        break;
      }
      at = afterTag(html, open, close, text);
    }
    return entities(text.toString());
  }

  private static int afterTag(String html, int open, int close, StringBuilder text) {
    for (String hidden : new String[] {"style", "script", "head"}) {
      if (isTag(html, open + 1, hidden)) {
        int end = indexOfEnd(html, hidden, close);
        return end < 0 ? close + 1 : end;
      }
    }
    for (String block :
        new String[] {"p", "/p", "br", "div", "/div", "tr", "/tr", "li", "h1", "h2", "td", "pre"}) {
      if (isTag(html, open + 1, block)) {
        text.append('\n');
        break;
      }
    }
    return close + 1;
  }

  private static boolean isTag(String html, int at, String name) {
    int end = at + name.length();
    boolean ends = end < html.length() && !Character.isLetterOrDigit(html.charAt(end));
    return ends && html.regionMatches(true, at, name, 0, name.length());
  }

  private static int indexOfEnd(String html, String name, int from) {
    for (int at = html.indexOf("</", from); at >= 0; at = html.indexOf("</", at + 2)) {
      if (isTag(html, at + 2, name)) {
        return at;
      }
    }
    return -1;
  }

  private static String entities(String text) {
    if (text.indexOf('&') < 0) {
      return text;
    }
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#64;", "@")
        .replace("&amp;", "&");
  }
}
