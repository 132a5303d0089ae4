package dev.backstop.bounce.form;

import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.ReturnedHeader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The returned message inside the text of a bounce: a run of header fields. How the program
 * announces it ("Below this line is a copy") does not matter, so no program needs to be known.
 *
 * @param start index of the first field in the text
 * @param octets the same header for signatures, every line of it
 * @param ascii true when the header has no other characters, so that no charset has changed it
 * @param full true when something follows the header
 */
record ReturnedText(int start, Header header, Header octets, boolean ascii, boolean full) {
  private static final Set<String> TRACE =
      Set.of("received", "message-id", "return-path", "dkim-signature");
  private static final Set<String> COMMON =
      Set.of("from", "to", "date", "subject", "mime-version", "content-type");
  private static final int MAX_LINES = 2000;
  private static final int MAX_HEADER = 64_000;

  /** Lines in a run that lost the blanks of their fold. */
  private static final int MAX_BROKEN = 20;

  /** {@code null} when the text has no such run. */
  static @Nullable ReturnedText find(String text) {
    return find(text, StandardCharsets.UTF_8);
  }

  /**
   * The header that stands in a text, with its octets as they were before the text was decoded.
   *
   * @param octets the text with a character for each octet
   */
  Header octetsIn(String octets) {
    ReturnedText found = ascii ? null : find(octets, StandardCharsets.ISO_8859_1);
    return found == null ? this.octets : found.octets;
  }

  private static @Nullable ReturnedText find(String text, Charset charset) {
    int lineStart = 0;
    int previous = 0;
    for (int line = 0; line < MAX_LINES && lineStart < text.length(); line++) {
      int end = lineEnd(text, lineStart);
      int next = end + 1;
      if (isField(text, lineStart, end) && isSeparator(text, previous, lineStart - 1)) {
        ReturnedText found = at(text, lineStart, charset);
        if (found != null) {
          return found;
        }
        next = runEnd(text, lineStart); // so that no line is read twice
        lineStart = next;
      }
      previous = lineStart;
      lineStart = next;
    }
    return null;
  }

  private static @Nullable ReturnedText at(String text, int start, Charset charset) {
    int indent = indent(text, start);
    int trace = 0;
    int common = 0;
    int broken = 0;
    int at = start;
    while (at < text.length()) {
      int end = lineEnd(text, at);
      String name = fieldName(text, at, end);
      if (name != null) {
        trace += TRACE.contains(name) ? 1 : 0;
        common += COMMON.contains(name) ? 1 : 0;
      } else if (isBlank(text, at, end)
          || (!isContinuation(text, at, end) && ++broken > MAX_BROKEN)) {
        break;
      }
      at = end + 1;
    }
    if (trace == 0 ? common < 4 : trace + common < 2) {
      return null;
    }
    return of(text, start, Math.min(at, text.length()), indent, charset);
  }

  private static ReturnedText of(String text, int start, int end, int indent, Charset charset) {
    String lines = text.substring(start, Math.min(end, start + MAX_HEADER));
    String header = indent == 0 ? lines : withoutIndent(lines, indent);
    byte[] bytes = header.getBytes(charset);
    boolean full = end < text.length() && !text.substring(end).isBlank();
    ReturnedHeader found = MessageSplitter.returned(bytes, bytes.length);
    boolean ascii = bytes.length == header.length() && charset.equals(StandardCharsets.UTF_8);
    return new ReturnedText(start, found.header(), found.mended(), ascii, full);
  }

  private static String withoutIndent(String lines, int indent) {
    var header = new StringBuilder(lines.length());
    lines
        .lines()
        .forEach(l ->
            header.append(indent(l, 0) >= indent ? l.substring(indent) : l.strip()).append('\n'));
    return header.toString();
  }

  /** A run that is no returned message is skipped as a whole. */
  private static int runEnd(String text, int start) {
    int at = start;
    while (at < text.length()) {
      int end = lineEnd(text, at);
      if (!isField(text, at, end) && !isContinuation(text, at, end)) {
        break;
      }
      at = end + 1;
    }
    return Math.max(at, start + 1);
  }

  private static int lineEnd(String text, int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private static int indent(String text, int at) {
    int i = at;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i - at;
  }

  /**
   * An empty line, or one that mostly draws: {@code ---- Original message ----}, {@code |----|}.
   */
  private static boolean isSeparator(String text, int from, int to) {
    int marks = 0;
    boolean blank = true;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      marks += c == '-' || c == '=' || c == '_' || c == '*' || c == '+' ? 1 : 0;
      blank &= c <= ' ';
    }
    return blank || marks >= 3 || text.startsWith("From ", from);
  }

  private static boolean isField(String text, int from, int to) {
    return fieldName(text, from, to) != null;
  }

  /** Lower-cased name of a field that stands in this line; {@code null} when none does. */
  private static @Nullable String fieldName(String text, int from, int to) {
    int start = from + indent(text, from);
    int at = start;
    while (at < to && isNameChar(text.charAt(at))) {
      at++;
    }
    boolean field = at > start && at - start < 60 && at < to && text.charAt(at) == ':';
    boolean value = field && (at + 1 >= to || text.charAt(at + 1) <= ' ');
    return value ? text.substring(start, at).toLowerCase(Locale.ROOT) : null;
  }

  private static boolean isNameChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  private static boolean isContinuation(String text, int from, int to) {
    char first = from < to ? text.charAt(from) : '\n';
    return (first == ' ' || first == '\t') && !isBlank(text, from, to);
  }

  private static boolean isBlank(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) > ' ') {
        return false;
      }
    }
    return true;
  }
}
