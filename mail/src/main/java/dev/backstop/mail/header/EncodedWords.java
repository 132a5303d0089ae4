package dev.backstop.mail.header;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Encoded words in header text, {@code =?charset?Q?text?=} (RFC 2047). Linear in the length of the
 * text; what does not decode stays as it is.
 */
public final class EncodedWords {
  private final String text;
  private final StringBuilder decoded;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private Charset pendingCharset = StandardCharsets.UTF_8;

  private EncodedWords(String text) {
    this.text = text;
    this.decoded = new StringBuilder(text.length());
  }

  public static String decode(String text) {
    return text.contains("=?") ? new EncodedWords(text).decode() : text;
  }

  private String decode() {
    int at = 0;
    while (at < text.length()) {
      int start = text.indexOf("=?", at);
      if (start < 0) {
        break;
      }
      int end = word(start, text.substring(at, start));
      if (end < 0) {
        plain(at, start + 2);
        at = start + 2;
      } else {
        at = end;
      }
    }
    plain(Math.min(at, text.length()), text.length());
    return decoded.toString();
  }

  private void plain(int from, int to) {
    flush();
    decoded.append(text, from, to);
  }

  /**
   * Adjacent words of one charset are joined as bytes first, because real senders split characters
   * between words; RFC 2047 §6.2 drops the blanks between words.
   *
   * @return index after the word at {@code start}, or -1 when it is none
   */
  private int word(int start, String before) {
    int charsetEnd = bounded('?', start + 2, 60);
    int encodingEnd = charsetEnd < 0 ? -1 : charsetEnd + 2;
    if (encodingEnd < 0 || encodingEnd >= text.length() || text.charAt(encodingEnd) != '?') {
      return -1;
    }
    int end = encodedEnd(encodingEnd + 1);
    Charset charset = charset(start + 2, charsetEnd);
    if (end < 0 || charset == null) {
      return -1;
    }
    byte[] bytes = bytes(text.charAt(charsetEnd + 1), text.substring(encodingEnd + 1, end));
    if (bytes.length == 0 && end > encodingEnd + 1) {
      return -1;
    }
    boolean adjacent = pending.size() > 0 && before.isBlank();
    if (!adjacent) {
      flush();
      decoded.append(before);
    } else if (!charset.equals(pendingCharset)) {
      flush();
    }
    pendingCharset = charset;
    pending.writeBytes(bytes);
    return end + 2;
  }

  private int bounded(char c, int from, int length) {
    for (int i = from; i < Math.min(text.length(), from + length); i++) {
      if (text.charAt(i) == c) {
        return i;
      }
    }
    return -1;
  }

  /** Index of the closing {@code ?=}; a word has no blank, but some senders put some in. */
  private int encodedEnd(int from) {
    int bound = Math.min(text.length() - 1, from + 1000);
    for (int i = from; i < bound; i++) {
      if (text.charAt(i) == '?' && text.charAt(i + 1) == '=') {
        return i;
      }
    }
    return -1;
  }

  private @org.jspecify.annotations.Nullable Charset charset(int from, int to) {
    String name = text.substring(from, to);
    int language = name.indexOf('*'); // RFC 2231 §5
    return Charsets.find(language < 0 ? name : name.substring(0, language));
  }

  private static byte[] bytes(char encoding, String encoded) {
    return switch (encoding) {
      case 'B', 'b' -> base64(encoded);
      case 'Q', 'q' -> quoted(encoded);
      default -> new byte[0];
    };
  }

  private static byte[] base64(String encoded) {
    try {
      return Base64.getMimeDecoder().decode(encoded);
    } catch (IllegalArgumentException _) {
      return new byte[0];
    }
  }

  private static byte[] quoted(String encoded) {
    var bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      int high = c == '=' && i + 2 < encoded.length() + 0 ? digit(encoded, i + 1) : -1;
      int low = high < 0 ? -1 : digit(encoded, i + 2);
      if (low >= 0) {
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c == '_') {
        bytes.write(' ');
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static int digit(String text, int at) {
    return Character.digit(text.charAt(at), 16);
  }

  private void flush() {
    if (pending.size() > 0) {
      decoded.append(pending.toString(pendingCharset));
      pending.reset();
    }
  }
}
