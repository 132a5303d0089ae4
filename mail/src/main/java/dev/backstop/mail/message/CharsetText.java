package dev.backstop.mail.message;

import dev.backstop.mail.header.Charsets;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Bytes into text by a charset name that may be missing, unknown or wrong. Never fails. */
final class CharsetText {
  private CharsetText() {}

  static String decode(byte[] bytes, int start, int length, @Nullable String charset) {
    if (isAscii(bytes, start, length)
        && (charset == null || !charset.regionMatches(true, 0, "iso-2022", 0, 8))) {
      return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }
    Charset declared = Charsets.find(charset);
    if (declared != null && !declared.equals(StandardCharsets.US_ASCII)) {
      return new String(bytes, start, length, declared);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, start, length))
          .toString();
    } catch (CharacterCodingException _) {
      return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }
  }

  private static boolean isAscii(byte[] bytes, int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
