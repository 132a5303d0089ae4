package dev.backstop.mail.message;

import dev.backstop.mail.message.RawMessage.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a message into header fields and body (RFC 5322 §2.1). Lines may end in CRLF, LF or CR:
 * files and the texts inside bounces come in all three.
 *
 * <p>Nothing is ever refused. A byte order mark, empty lines and an mbox {@code From } line before
 * the header are skipped; a line that is neither a field nor a continuation ends the header and
 * begins the body. A header beyond the bounds is read over to its end, so that the body never
 * begins in the middle of it.
 */
public final class MessageSplitter {
  /** Fields beyond this number are not kept; real mail stays far below. */
  static final int MAX_FIELDS = 2000;

  /** Octets of the header beyond this number are not kept. */
  static final int MAX_HEADER = 1 << 20;

  /** Lines that are no field and are skipped in a returned header. */
  private static final int MAX_BROKEN = 50;

  /** Octets of a field that gets lost folds back. */
  private static final int MAX_MENDED = 16 << 10;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int brokenAllowed;
  private final List<HeaderField> fields = new ArrayList<>(32);
  private @Nullable List<HeaderField> mended;
  private boolean cut;
  private int at;

  private MessageSplitter(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
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
    return new RawMessage(
        splitter.fields, new Body(body, body.length), cuts(truncated, splitter.cut));
  }

  private static Set<Cut> cuts(boolean message, boolean header) {
    if (message && header) {
      return Set.of(Cut.MESSAGE, Cut.HEADER);
    }
    return message ? Set.of(Cut.MESSAGE) : header ? Set.of(Cut.HEADER) : Set.of();
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
    return returned(bytes, length).header();
  }

  /** Like {@link #header}, with what it leaves out. */
  public static ReturnedHeader returned(byte[] bytes, int length) {
    return returned(bytes, 0, length);
  }

  static ReturnedHeader returned(byte[] bytes, int start, int end) {
    var splitter = new MessageSplitter(bytes, start, end);
    splitter.brokenAllowed = MAX_BROKEN;
    splitter.skipPrologue();
    splitter.readFields();
    Header header = new Header(splitter.fields);
    Header mended = splitter.mended == null ? header : new Header(splitter.mended);
    return new ReturnedHeader(header, mended, splitter.at < splitter.end, splitter.cut);
  }

  private void skipPrologue() {
    if (end - at >= 3
        && bytes[at] == (byte) 0xEF
        && bytes[at + 1] == (byte) 0xBB
        && bytes[at + 2] == (byte) 0xBF) {
      at += 3;
    }
    while (at < end && Lines.isEnd(bytes[at])) {
      at++;
    }
  }

  private void readFields() {
    while (at < end && !Lines.isEnd(bytes[at])) {
      int colon = isMailboxLine() ? -1 : Lines.colon(bytes, at, end);
      if (colon >= 0) {
        readField(colon);
      } else if (isMailboxLine() || (!fields.isEmpty() && brokenAllowed-- > 0)) {
        int next = Lines.next(bytes, at, end);
        mend(next);
        at = next;
      } else {
        return; // no field: the body begins here without its empty line
      }
    }
    at = Lines.afterEnd(bytes, at, end);
  }

  private void readField(int colon) {
    int next = Lines.next(bytes, colon, end);
    while (next < end && Lines.isBlank(bytes[next])) {
      next = Lines.next(bytes, next, end);
    }
    cut |= fields.size() == MAX_FIELDS || next - start > MAX_HEADER;
    if (!cut) {
      keep(colon, next);
    }
    at = next;
  }

  private void keep(int colon, int next) {
    int nameEnd = colon;
    while (nameEnd > at && Lines.isBlank(bytes[nameEnd - 1])) {
      nameEnd--; // RFC 5322 §4.5: obsolete syntax allows blanks before the colon
    }
    int valueEnd = next;
    while (valueEnd > colon + 1 && Lines.isEnd(bytes[valueEnd - 1])) {
      valueEnd--;
    }
    String name = new String(bytes, at, nameEnd - at, StandardCharsets.ISO_8859_1);
    HeaderField field = new HeaderField(name, Arrays.copyOfRange(bytes, colon + 1, valueEnd));
    fields.add(field);
    if (mended != null) {
      mended.add(field);
    }
  }

  /** A line that is no field, up to {@code next}, goes back to the field above. */
  private void mend(int next) {
    int lineEnd = Lines.end(bytes, at, next);
    HeaderField above = fields.isEmpty() ? null : (mended == null ? fields : mended).getLast();
    if (above == null || cut || isMailboxLine() || above.value().length > MAX_MENDED) {
      return;
    }
    int before = above.value().length;
    byte[] value = Arrays.copyOf(above.value(), before + 3 + lineEnd - at);
    value[before] = '\r';
    value[before + 1] = '\n';
    value[before + 2] = ' ';
    System.arraycopy(bytes, at, value, before + 3, lineEnd - at);
    mended = mended == null ? new ArrayList<>(fields) : mended;
    mended.set(mended.size() - 1, new HeaderField(above.name(), value));
  }

  /**
   * {@code From } and {@code >From } lines are left over from mbox files. With a colon next it is
   * the field, with blanks before its colon (RFC 5322 §4.5).
   */
  private boolean isMailboxLine() {
    int word = bytes[at] == '>' ? at + 1 : at;
    boolean from =
        word + 5 <= end
            && bytes[word] == 'F'
            && bytes[word + 1] == 'r'
            && bytes[word + 2] == 'o'
            && bytes[word + 3] == 'm'
            && bytes[word + 4] == ' ';
    int next = word + 5;
    while (from && next < end && Lines.isBlank(bytes[next])) {
      next++;
    }
    return from && (next >= end || bytes[next] != ':');
  }
}
