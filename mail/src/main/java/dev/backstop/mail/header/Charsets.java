package dev.backstop.mail.header;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bytes into text by a charset name that may be missing, unknown or a lie. Never fails.
 *
 * <p>Names stand for what senders mean by them, as in browsers: who writes {@code gb2312} uses
 * GB18030, who writes {@code iso-8859-1} uses windows-1252, and bytes that are valid UTF-8 beyond
 * ASCII are UTF-8 whatever single-byte charset is declared, because no text is so by accident.
 */
public final class Charsets {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /** Names that say that the sender did not know. */
  private static final Set<String> UNKNOWN =
      Set.of("unknown-8bit", "x-unknown", "unknown", "8bit", "default", "default_charset", "ansi");

  private static final Set<String> UTF_7 =
      Set.of("utf-7", "utf7", "unicode-1-1-utf-7", "unicode-2-0-utf-7", "x-unicode-2-0-utf-7");

  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("cp932", "windows-31j"),
          Map.entry("ms932", "windows-31j"),
          Map.entry("sjis", "windows-31j"),
          Map.entry("x-sjis", "windows-31j"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("shift-jis", "windows-31j"),
          Map.entry("iso-2022-jp", "x-windows-iso2022jp"), // with half-width kana
          Map.entry("cp50220", "x-windows-iso2022jp"),
          Map.entry("gb2312", "gb18030"),
          Map.entry("gb_2312-80", "gb18030"),
          Map.entry("gbk", "gb18030"),
          Map.entry("x-gbk", "gb18030"),
          Map.entry("cp936", "gb18030"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("ks_c_5601-1987", "x-windows-949"),
          Map.entry("ks_c_5601-1989", "x-windows-949"),
          Map.entry("cp949", "x-windows-949"),
          Map.entry("big5", "big5-hkscs"),
          Map.entry("x-x-big5", "big5-hkscs"),
          Map.entry("iso-8859-6-i", "iso-8859-6"),
          Map.entry("iso-8859-6-e", "iso-8859-6"),
          Map.entry("iso-8859-8-i", "iso-8859-8"),
          Map.entry("iso-8859-8-e", "iso-8859-8"),
          Map.entry("macintosh", "x-macroman"),
          Map.entry("x-mac-roman", "x-macroman"));

  private Charsets() {}

  /** The text of all the bytes. */
  public static String decode(byte[] bytes, @Nullable String name) {
    return decode(bytes, 0, bytes.length, name);
  }

  /** The text of a range, which may end within a character. */
  public static String decode(byte[] bytes, int start, int length, @Nullable String name) {
    String charset = bare(name);
    boolean ascii = isAscii(bytes, start, length);
    if (UTF_7.contains(charset)) {
      return Utf7.decode(bytes, start, length);
    }
    if (charset.startsWith("utf-16") && has(bytes, start, length, (byte) 0)) {
      return utf16(bytes, start, length, charset);
    }
    if (ascii && charset.equals("hz-gb-2312")) {
      return HzText.decode(bytes, start, length);
    }
    if (ascii && !isStateful(charset)) {
      return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }
    return withoutMark(decode(bytes, start, length, find(charset)));
  }

  private static String decode(byte[] bytes, int start, int length, @Nullable Charset declared) {
    if (declared == null || isSingleByte(declared)) {
      String text = utf8(bytes, start, length);
      if (text != null) {
        return text;
      }
    }
    boolean western =
        declared == null
            || declared.equals(StandardCharsets.US_ASCII)
            || declared.equals(StandardCharsets.ISO_8859_1);
    return new String(bytes, start, length, western ? WINDOWS_1252 : declared);
  }

  /** True when the name is one to decode by, or says that the sender did not know. */
  static boolean isKnown(String name) {
    String charset = bare(name);
    return charset.equals("us-ascii")
        || UNKNOWN.contains(charset)
        || UTF_7.contains(charset)
        || charset.equals("hz-gb-2312")
        || find(charset) != null;
  }

  private static String bare(@Nullable String name) {
    if (name == null || name.length() > 60) {
      return "";
    }
    String bare = name.strip();
    if (bare.length() > 1 && "\"'".indexOf(bare.charAt(0)) >= 0) {
      bare = bare.substring(1, bare.length() - 1).strip();
    }
    return bare.toLowerCase(Locale.ROOT);
  }

  private static @Nullable Charset find(String name) {
    return switch (name) {
      case "", "us-ascii" -> null; // whatever it is, it is not that: it has 8-bit octets
      case "utf-8", "utf8" -> StandardCharsets.UTF_8;
      case "iso-8859-1", "windows-1252" -> WINDOWS_1252;
      default -> Names.CHARSETS.get(meant(name));
    };
  }

  /** {@code win-1251}, {@code cp-1251}, {@code windows1251} and the like too. */
  private static String meant(String name) {
    int digits = name.length() - 4;
    if (digits > 0 && name.startsWith("125", digits) && "wcx".indexOf(name.charAt(0)) >= 0) {
      return "windows-" + name.substring(digits);
    }
    return MEANT.getOrDefault(name, name);
  }

  /** All names there are, so that no lookup throws and hostile names cost nothing. */
  private static final class Names {
    static final Map<String, Charset> CHARSETS = new HashMap<>();

    static {
      for (Charset charset : Charset.availableCharsets().values()) {
        if (charset.canEncode()) { // "auto-detecting" charsets are not for reading
          charset.aliases().forEach(n -> CHARSETS.putIfAbsent(n.toLowerCase(Locale.ROOT), charset));
        }
      }
      for (Charset charset : Charset.availableCharsets().values()) {
        if (charset.canEncode()) {
          CHARSETS.put(charset.name().toLowerCase(Locale.ROOT), charset);
        }
      }
    }
  }

  private static boolean isStateful(String name) {
    return name.startsWith("iso-2022") || name.startsWith("cp5022") || name.startsWith("utf-32");
  }

  private static boolean isSingleByte(Charset charset) {
    String name = charset.name();
    return name.equals("US-ASCII")
        || name.startsWith("ISO-8859")
        || name.startsWith("windows-125")
        || name.startsWith("KOI8");
  }

  /** {@code null} when it is not valid; an incomplete character at the end is dropped. */
  private static @Nullable String utf8(byte[] bytes, int start, int length) {
    String quick = new String(bytes, start, length, StandardCharsets.UTF_8);
    if (quick.indexOf('\uFFFD') < 0) {
      return quick;
    }
    CharBuffer text = CharBuffer.allocate(length);
    var decoder = StandardCharsets.UTF_8.newDecoder();
    boolean invalid = decoder.decode(ByteBuffer.wrap(bytes, start, length), text, false).isError();
    String valid = invalid ? "" : text.flip().toString();
    return valid.chars().allMatch(c -> c < 0x80) ? null : valid;
  }

  /** Without a byte order mark the zeros of the blanks and line ends tell. */
  private static String utf16(byte[] bytes, int start, int length, String name) {
    int even = 0;
    int odd = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[start + i] == 0) {
        even += (i & 1) == 0 ? 1 : 0;
        odd += i & 1;
      }
    }
    boolean marked =
        length > 1 && (bytes[start] & 0xfe) == 0xfe && (bytes[start + 1] & 0xfe) == 0xfe;
    Charset little = StandardCharsets.UTF_16LE;
    Charset big = marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_16BE;
    boolean isLittle = !marked && (name.endsWith("le") || (!name.endsWith("be") && odd > even));
    return withoutMark(new String(bytes, start, length, isLittle ? little : big));
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static boolean isAscii(byte[] bytes, int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean has(byte[] bytes, int start, int length, byte b) {
    for (int i = start; i < start + length; i++) {
      if (bytes[i] == b) {
        return true;
      }
    }
    return false;
  }
}
