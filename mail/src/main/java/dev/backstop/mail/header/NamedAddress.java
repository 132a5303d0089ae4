package dev.backstop.mail.header;

import java.util.ArrayList;
import java.util.List;

/**
 * One entry of From, To and the like (RFC 5322 §3.4), as a stranger wrote it.
 *
 * @param name display name or comment, decoded; empty when there is none
 * @param address what stands where the address should be, bare; empty when there is none, and not
 *     checked: use {@link dev.backstop.mail.address.Mailbox#parse} before trusting it
 */
public record NamedAddress(String name, String address) {
  private static final int MAX_ADDRESSES = 1000;
  private static final int MAX_FIELD = 64 << 10;

  /** Reads as much as makes sense; group names are dropped, their members kept. */
  public static List<NamedAddress> parse(String field) {
    String text = field.length() > MAX_FIELD ? field.substring(0, MAX_FIELD) : field;
    return new Reader(text).read();
  }

  private static final class Reader {
    private final String text;
    private final List<NamedAddress> found = new ArrayList<>(2);
    private final StringBuilder words = new StringBuilder();
    private String comment = "";
    private String angle = "";
    private boolean hasAngle;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    List<NamedAddress> read() {
      while (at < text.length() && found.size() < MAX_ADDRESSES) {
        char c = text.charAt(at);
        switch (c) {
          case '(' -> readComment();
          case '"' -> readQuoted();
          case '<' -> readAngle();
          case ',', ';' -> {
            finish();
            at++;
          }
          case ':' -> groupOrColon();
          default -> {
            words.append(c);
            at++;
          }
        }
      }
      finish();
      return found;
    }

    private void readComment() {
      int end = Comments.end(text, at);
      if (comment.isEmpty()) {
        comment = text.substring(at + 1, Math.max(at + 1, end - 1)).strip();
      }
      at = end;
    }

    private void readQuoted() {
      int start = at++;
      while (at < text.length() && text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      at = Math.min(at + 1, text.length());
      boolean localPart = at < text.length() && text.charAt(at) == '@';
      String quoted = text.substring(start, at);
      words.append(localPart ? quoted : unquoted(quoted));
    }

    private static String unquoted(String quoted) {
      var plain = new StringBuilder(quoted.length());
      for (int i = 1; i < quoted.length(); i++) {
        char c = quoted.charAt(i);
        if (c == '\\' && i + 1 < quoted.length()) {
          plain.append(quoted.charAt(++i));
        } else if (c != '"') {
          plain.append(c);
        }
      }
      return plain.toString();
    }

    private void readAngle() {
      int close = text.indexOf('>', at);
      int end = close < 0 ? text.length() : close;
      if (!hasAngle) {
        angle = withoutRoute(text.substring(at + 1, end).strip());
        hasAngle = true;
      }
      at = Math.min(end + 1, text.length());
    }

    /** {@code <@relay:user@host>} (RFC 5322 §4.4). */
    private static String withoutRoute(String path) {
      int colon = path.indexOf(':');
      return path.startsWith("@") && colon > 0 ? path.substring(colon + 1) : path;
    }

    /** A colon outside an address ends a group's name, {@code undisclosed-recipients:;}. */
    private void groupOrColon() {
      if (words.indexOf("@") < 0) {
        words.setLength(0);
      } else {
        words.append(':');
      }
      at++;
    }

    private void finish() {
      String plain = words.toString().strip();
      if (hasAngle || !plain.isEmpty()) {
        String name = hasAngle ? plain : "";
        String address = hasAngle ? angle : bareAddress(plain);
        found.add(new NamedAddress(EncodedWords.decode(name.isEmpty() ? comment : name), address));
      }
      words.setLength(0);
      comment = "";
      angle = "";
      hasAngle = false;
    }

    /** Without angle brackets: the word with the at sign, or the only word. */
    private static String bareAddress(String plain) {
      boolean quoted = plain.charAt(0) == '"' && plain.lastIndexOf(' ') < plain.indexOf("\"@");
      if (plain.indexOf(' ') < 0 || quoted) {
        return plain;
      }
      for (String word : plain.split(" ", 100)) {
        if (word.indexOf('@') > 0) {
          return word;
        }
      }
      return "";
    }
  }
}
