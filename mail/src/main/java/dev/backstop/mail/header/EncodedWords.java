package dev.backstop.mail.header;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Encoded words in header text, {@code =?charset?Q?text?=} (RFC 2047). What does not decode stays
 * as it is; a word that lost its end ends where the next begins. Linear in the length of the text.
 */
public final class EncodedWords {
  private static final int MAX_CHARSET = 60;

  private final String text;
  private final StringBuilder decoded;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private String pendingCharset = "";
  private boolean afterWord;

  private EncodedWords(String text) {
    this.text = text;
    this.decoded = new StringBuilder(text.length());
  }

  public static String decode(String text) {
    return text.contains("=?") ? new EncodedWords(text).decode() : text;
  }

  private String decode() {
    int at = 0;
    int start = text.indexOf("=?");
    while (start >= 0) {
      int end = word(start, text.substring(at, start));
      if (end < 0) {
        plain(at, start + 2);
        at = start + 2;
      } else {
        at = end;
      }
      start = text.indexOf("=?", at);
    }
    plain(at, text.length());
    return decoded.toString();
  }

  private void plain(int from, int to) {
    flush();
    decoded.append(text, from, to);
    afterWord &= from == to;
  }

  /**
   * Adjacent words of one charset are joined as bytes first, because real senders split characters
   * between words; RFC 2047 §6.2 drops the blanks between words.
   *
   * @return index after the word at {@code start}, or -1 when it is none
   */
  private int word(int start, String before) {
    int charsetEnd = charsetEnd(start + 2);
    String charset = charsetEnd < 0 ? null : charset(start + 2, charsetEnd);
    if (charset == null || !text.startsWith("?", charsetEnd + 2)) {
      return -1;
    }
    int from = charsetEnd + 3;
    int end = encodedEnd(from);
    String encoded = text.substring(from, end);
    char encoding = Character.toLowerCase(text.charAt(charsetEnd + 1));
    byte[] base64 = encoding == 'b' ? base64(encoded) : null;
    if (base64 == null && encoding != 'q') {
      return -1;
    }
    join(before, charset);
    if (base64 == null) {
      quoted(encoded);
    } else {
      pending.writeBytes(base64);
    }
    return afterEnd(end);
  }

  private void join(String before, String charset) {
    boolean adjacent = afterWord && before.isBlank();
    if (!adjacent || !charset.equalsIgnoreCase(pendingCharset)) {
      flush();
    }
    decoded.append(adjacent ? "" : before);
    pendingCharset = charset;
    afterWord = true;
  }

  private int charsetEnd(int from) {
    for (int i = from; i < Math.min(text.length() - 1, from + MAX_CHARSET); i++) {
      if (text.charAt(i) == '?') {
        return i;
      }
    }
    return -1;
  }

  private @Nullable String charset(int from, int to) {
    String name = text.substring(from, to);
    int language = name.indexOf('*'); // RFC 2231 §5
    name = language < 0 ? name : name.substring(0, language);
    return Charsets.isKnown(name) ? name : null;
  }

  /**
   * Index of the closing {@code ?=}, or of what comes instead of it: the next word or the end. A
   * word has no blank, but some senders put some in.
   */
  private int encodedEnd(int from) {
    for (int i = from; i + 1 < text.length(); i++) {
      char c = text.charAt(i);
      char next = text.charAt(i + 1);
      boolean begins = c == '=' && next == '?' && !text.startsWith("=", i + 2);
      if (begins || (c == '?' && next == '=')) {
        return i;
      }
    }
    return text.endsWith("?") && text.length() > from ? text.length() - 1 : text.length();
  }

  private int afterEnd(int end) {
    return text.startsWith("?=", end) ? end + 2 : text.startsWith("?", end) ? end + 1 : end;
  }

  private static byte @Nullable [] base64(String encoded) {
    byte[] ascii = encoded.getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = LenientBase64.decode(ascii, 0, ascii.length, ascii.length);
    return bytes.length == 0 && !encoded.isEmpty() ? null : bytes;
  }

  private void quoted(String encoded) {
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      int high = c == '=' && i + 2 < encoded.length() ? digit(encoded, i + 1) : -1;
      int low = high < 0 ? -1 : digit(encoded, i + 2);
      if (low >= 0) {
        pending.write(high << 4 | low);
        i += 2;
      } else if (c < 0x80) {
        pending.write(c == '_' ? ' ' : c);
      } else { // must not be there; it is text already, whatever the word's charset is
        flush();
        decoded.append(c);
      }
    }
  }

  private static int digit(String text, int at) {
    return Character.digit(text.charAt(at), 16);
  }

  private void flush() {
    if (pending.size() > 0) {
      decoded.append(Charsets.decode(pending.toByteArray(), pendingCharset));
      pending.reset();
    }
  }
}
