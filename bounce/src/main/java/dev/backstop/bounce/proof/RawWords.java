package dev.backstop.bounce.proof;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Octets of a field as they were before a relay made ASCII or UTF-8 of them. Texts have a character
 * for each octet.
 */
final class RawWords {
  /** RFC 2047 §2; the charset does not matter for octets. */
  private static final Pattern WORD =
      Pattern.compile("=\\?[^?\\s]{1,60}\\?([bBqQ])\\?([^?\\s]*)\\?=");

  private RawWords() {}

  /** The same text when nothing in it was rewritten. */
  static String octets(String text) {
    if (text.contains("=?")) {
      return words(text);
    }
    return isAscii(text) ? text : latin1(text);
  }

  private static String words(String text) {
    Matcher word = WORD.matcher(text);
    var octets = new StringBuilder(text.length());
    int end = 0;
    boolean afterWord = false;
    while (word.find()) {
      String between = text.substring(end, word.start());
      String decoded = decoded(word.group(1), word.group(2));
      if (!afterWord || !between.isBlank()) { // RFC 2047 §6.2
        octets.append(between);
      }
      octets.append(decoded == null ? word.group() : decoded);
      afterWord = decoded != null;
      end = word.end();
    }
    return octets.append(text, end, text.length()).toString();
  }

  private static @Nullable String decoded(String encoding, String text) {
    if (encoding.equalsIgnoreCase("q")) {
      return quoted(text);
    }
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static String quoted(String text) {
    var octets = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = c == '=' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
      octets.append(low >= 0 ? (char) (high << 4 | low) : c == '_' ? ' ' : c);
      i += low >= 0 ? 2 : 0;
    }
    return octets.toString();
  }

  /** UTF-8 of characters that each were an octet, taken back. */
  private static String latin1(String text) {
    try {
      ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      String decoded = StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
      boolean wereOctets = decoded.chars().allMatch(c -> c < 0x100);
      return wereOctets ? decoded : text;
    } catch (CharacterCodingException _) {
      return text;
    }
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
