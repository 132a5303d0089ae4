package dev.backstop.mail.message;

import dev.backstop.mail.message.RawMessage.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes of a message into header fields and body (RFC 5322 §2.1). Lines may end in CRLF, LF or CR:
 * files and the texts inside bounces come in all three.
 *
 * <p>Nothing is ever refused. A byte order mark, empty lines and an mbox {@code From } line before
 * the header are skipped; a line that is neither a field nor a continuation ends the header and
 * begins the body.
 */
public final class MessageSplitter {
  /** Fields beyond this number are not read; real mail stays far below. */
  static final int MAX_FIELDS = 2000;

  /** Lines that are no field and are skipped in a returned header. */
  private static final int MAX_BROKEN = 50;

  private final byte[] bytes;
  private final int end;
  private int brokenAllowed;
  private final List<HeaderField> fields = new ArrayList<>(32);
  private int at;

  private MessageSplitter(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /**
   * Splits a whole message.
   *
   * @param bytes not kept: header values and body are copies
   * @param length number of valid octets from index 0
   * @param truncated true when the message went on
   */
  public static RawMessage split(byte[] bytes, int length, boolean truncated) {
    var splitter = new MessageSplitter(bytes, 0, length);
    splitter.skipPrologue();
    splitter.readFields();
    byte[] body = Arrays.copyOfRange(bytes, splitter.at, length);
    linesOfOldFiles(body);
    return new RawMessage(splitter.fields, new Body(body, body.length), truncated);
  }

  /** Files with CR alone come from systems that are gone; nothing else reads such lines. */
  private static void linesOfOldFiles(byte[] body) {
    for (byte b : body) {
      if (b == '\n') {
        return;
      }
    }
    for (int i = 0; i < body.length; i++) {
      if (body[i] == '\r') {
        body[i] = '\n';
      }
    }
  }

  /**
   * The fields at the beginning of a returned message. More lenient than {@link #split}: relays
   * lose the blanks of folded lines, so lines that are no field are skipped up to the empty line.
   */
  public static Header header(byte[] bytes, int length) {
    return new Header(lenient(bytes, length).fields);
  }

  /** True when something follows the header of a returned message, read as {@link #header} does. */
  public static boolean hasBody(byte[] bytes, int length) {
    return lenient(bytes, length).at < length;
  }

  private static MessageSplitter lenient(byte[] bytes, int length) {
    var splitter = new MessageSplitter(bytes, 0, length);
    splitter.brokenAllowed = MAX_BROKEN;
    splitter.skipPrologue();
    splitter.readFields();
    return splitter;
  }

  private void skipPrologue() {
    if (end >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
      at = 3;
    }
    while (at < end && (bytes[at] == '\r' || bytes[at] == '\n')) {
      at++;
    }
  }

  private void readFields() {
    while (at < end && !isLineEnd(bytes[at]) && fields.size() < MAX_FIELDS) {
      if (isMailboxLine()) {
        at = nextLine(at);
        continue;
      }
      int colon = colonOfName();
      if (colon < 0 && !fields.isEmpty() && brokenAllowed-- > 0) {
        at = nextLine(at);
        continue;
      }
      if (colon < 0) {
        return; // no field: the body begins here without its empty line
      }
      readField(colon);
    }
    skipLineEnd();
  }

  private void readField(int colon) {
    int nameEnd = colon;
    while (nameEnd > at && isBlank(bytes[nameEnd - 1])) {
      nameEnd--; // RFC 5322 §4.5: obsolete syntax allows blanks before the colon
    }
    String name = new String(bytes, at, nameEnd - at, StandardCharsets.ISO_8859_1);
    int next = nextLine(colon);
    while (next < end && isBlank(bytes[next])) {
      next = nextLine(next);
    }
    int valueEnd = next;
    while (valueEnd > colon + 1 && isLineEnd(bytes[valueEnd - 1])) {
      valueEnd--;
    }
    fields.add(new HeaderField(name, Arrays.copyOfRange(bytes, colon + 1, valueEnd)));
    at = next;
  }

  /** Index of the colon when a field begins here (RFC 5322 §2.2), else -1. */
  private int colonOfName() {
    int i = at;
    while (i < end && bytes[i] > ' ' && bytes[i] != ':') {
      i++;
    }
    int nameEnd = i;
    while (i < end && isBlank(bytes[i])) {
      i++;
    }
    return nameEnd > at && i < end && bytes[i] == ':' ? i : -1;
  }

  /** {@code From } and {@code >From } lines are left over from mbox files. */
  private boolean isMailboxLine() {
    int start = bytes[at] == '>' ? at + 1 : at;
    return start + 5 <= end
        && bytes[start] == 'F'
        && bytes[start + 1] == 'r'
        && bytes[start + 2] == 'o'
        && bytes[start + 3] == 'm'
        && bytes[start + 4] == ' ';
  }

  private int nextLine(int from) {
    int i = from;
    while (i < end && !isLineEnd(bytes[i])) {
      i++;
    }
    return i + 1 < end && bytes[i] == '\r' && bytes[i + 1] == '\n' ? i + 2 : Math.min(i + 1, end);
  }

  private void skipLineEnd() {
    if (at < end && isLineEnd(bytes[at])) {
      at = nextLine(at);
    }
  }

  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
