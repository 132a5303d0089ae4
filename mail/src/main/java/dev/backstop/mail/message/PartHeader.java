package dev.backstop.mail.message;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The fields of a part's header that mean something (RFC 2045 §3), and where the part's body
 * begins. The first of several equal fields that says anything wins.
 */
final class PartHeader {
  /**
   * Fields that belong to the report or message inside a part. Met in the part's own header, they
   * tell that the empty line before the body was lost.
   */
  private static final String[] INSIDE = {
    "reporting-mta:",
    "final-recipient:",
    "original-recipient:",
    "original-envelope-id:",
    "arrival-date:",
    "action:",
    "feedback-type:",
    "reporting-ua:",
    "received:",
    "return-path:",
    "from:",
    "message-id:"
  };

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int at;
  private boolean hasContentField;

  private String type = "";
  private String disposition = "";
  private String transferEncoding = "";

  private PartHeader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.at = start;
    this.end = end;
  }

  /** Reads from the line after the delimiter. */
  static PartHeader read(byte[] bytes, int start, int end) {
    var header = new PartHeader(bytes, start, end);
    header.at = header.bodyAfterFields();
    return header;
  }

  /** Index of the first octet of the body; the end of the part when it has none. */
  int bodyStart() {
    return at;
  }

  /** What the part says it is, or {@code otherwise}. */
  ContentType type(ContentType otherwise) {
    return type.isEmpty() ? otherwise : ContentType.parse(type);
  }

  TransferEncoding transferEncoding() {
    return TransferEncoding.of(transferEncoding);
  }

  /** The keyword alone, lower case. */
  String disposition() {
    int semicolon = disposition.indexOf(';');
    String keyword = semicolon < 0 ? disposition : disposition.substring(0, semicolon);
    return keyword.strip().toLowerCase(Locale.ROOT);
  }

  private int bodyAfterFields() {
    while (at < end && !Lines.isEnd(bytes[at])) {
      int colon = Lines.colon(bytes, at, end);
      if (colon < 0 || isInside()) {
        return hasContentField ? at : start; // no empty line; without any field it is all body
      }
      int next = fieldEnd(colon);
      if (Lines.startsWith(bytes, at, colon, "content-")) {
        hasContentField = true;
        keep(colon, next);
      }
      at = next;
    }
    return at == end && !hasContentField ? start : Lines.afterEnd(bytes, at, end);
  }

  /** Beginning of the line after the field and its folds, also those that lost their blank. */
  private int fieldEnd(int colon) {
    int next = Lines.next(bytes, colon, end);
    while (next < end && (Lines.isBlank(bytes[next]) || isLostFold(colon, next))) {
      next = Lines.next(bytes, next, end);
    }
    return next;
  }

  /** A parameter after a semicolon, or what is no field after a field without a value. */
  private boolean isLostFold(int colon, int line) {
    if (Lines.isEnd(bytes[line])) {
      return false;
    }
    int last = Lines.beforeEnd(bytes, at, line) - 1;
    while (last > colon && Lines.isBlank(bytes[last])) {
      last--;
    }
    if (last == colon) {
      return Lines.colon(bytes, line, end) < 0;
    }
    return bytes[last] == ';' && isParameter(line);
  }

  private boolean isParameter(int line) {
    int i = line;
    while (i < end && bytes[i] > ' ' && bytes[i] != ':' && bytes[i] != '=') {
      i++;
    }
    return i > line && i < end && bytes[i] == '=';
  }

  private boolean isInside() {
    if (type.isEmpty() || !(type.regionMatches(true, 0, "message/", 0, 8) || isHeaders())) {
      return false;
    }
    for (String name : INSIDE) {
      if (Lines.startsWith(bytes, at, end, name)) {
        return true;
      }
    }
    return false;
  }

  private boolean isHeaders() {
    return type.regionMatches(true, 0, "text/rfc822-header", 0, 18);
  }

  private void keep(int colon, int next) {
    if (type.isEmpty() && is("content-type", colon)) {
      type = value(colon, next);
    } else if (disposition.isEmpty() && is("content-disposition", colon)) {
      disposition = value(colon, next);
    } else if (transferEncoding.isEmpty() && is("content-transfer-encoding", colon)) {
      transferEncoding = value(colon, next);
    }
  }

  private boolean is(String name, int colon) {
    int nameEnd = at + name.length();
    return Lines.startsWith(bytes, at, colon, name)
        && (nameEnd == colon || Lines.isBlank(bytes[nameEnd]));
  }

  private String value(int colon, int next) {
    String value = new String(bytes, colon + 1, next - colon - 1, StandardCharsets.UTF_8);
    return value.replace("\r", "").replace("\n", "").strip();
  }
}
