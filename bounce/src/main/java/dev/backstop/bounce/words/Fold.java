package dev.backstop.bounce.words;

import java.util.Arrays;

/**
 * Text made comparable: lower case without accents, runs of blanks and line ends as one blank, none
 * between characters that are written without (Chinese, Japanese). Mail loses accents and breaks
 * lines anywhere, and old programs never had accents.
 */
public final class Fold {
  private static final char DROP = 0;
  private static final char[] LATIN = latin();

  private Fold() {}

  /** A header value or one line. */
  public static String line(String text) {
    var folder = new Folder(text.length());
    folder.add(text, 0, text.length());
    return folder.text();
  }

  /**
   * The beginning of a text. Quoted lines ({@code >}) are left out: people quote bounces when they
   * talk of them.
   *
   * @param bound characters of the result at most
   */
  public static String text(String text, int bound) {
    var folder = new Folder(Math.min(text.length(), bound) + 1);
    int at = 0;
    while (at < text.length() && folder.length < bound) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      if (!isQuoted(text, at, end)) {
        folder.add(text, at, Math.min(end, at + bound - folder.length));
        folder.blank();
      }
      at = end + 1;
    }
    return folder.text();
  }

  /** {@code >>>} begins a line of an SMTP dialogue in bounces of Sendmail. */
  private static boolean isQuoted(String text, int from, int to) {
    int at = from;
    while (at < to && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at < to && text.charAt(at) == '>' && !text.startsWith(">>>", at);
  }

  private static final class Folder {
    private char[] chars;
    private int length;
    private boolean blank = true;

    Folder(int capacity) {
      chars = new char[capacity + 16];
    }

    void add(String text, int from, int to) {
      reserve(to - from);
      char[] out = chars;
      int n = length;
      boolean wasBlank = blank;
      int i = from;
      for (; i < to; i++) {
        char c = text.charAt(i);
        if (c >= 0x80) {
          break;
        }
        char folded = LATIN[c];
        boolean isBlank = folded == ' ';
        if (!isBlank || !wasBlank) {
          out[n++] = folded;
        }
        wasBlank = isBlank;
      }
      length = n;
      blank = wasBlank;
      if (i < to) {
        beyondAscii(text, i, to);
      }
    }

    private void beyondAscii(String text, int from, int to) {
      for (int i = from; i < to; i++) {
        char c = text.charAt(i);
        char folded = c < LATIN.length ? LATIN[c] : beyondLatin(c);
        if (folded == ' ') {
          blank();
        } else if (c < 0x80) {
          chars[length++] = folded;
          blank = false;
        } else if (folded != DROP) {
          put(folded);
          if (c < LATIN.length && second(c) != DROP) {
            reserve(to - i); // one more than there are characters
            put(second(c));
          }
        }
      }
    }

    /** Room for so many characters and a blank. */
    private void reserve(int more) {
      if (length + more + 2 > chars.length) {
        chars = Arrays.copyOf(chars, length + more + 16);
      }
    }

    private void put(char folded) {
      boolean joined =
          blank && length > 1 && folded >= 0x2E80 && chars[length - 2] >= 0x2E80; // 退 信
      chars[joined ? length - 1 : length++] = folded;
      blank = false;
    }

    void blank() {
      if (!blank) {
        chars[length++] = ' ';
        blank = true;
      }
    }

    String text() {
      return new String(chars, 0, length);
    }
  }

  /** The letters from U+00C0 to U+017F without case and accent; {@code ?} stays what it is. */
  private static final String LETTERS =
      "aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuyty"
          + "aaaaaaccccccccddddeeeeeeeeeegggggggghh??iiiiiiiiii??jjkk?llllll?"
          + "?llnnnnnn???oooooooorrrrrrsssssssstttt??uuuuuuuuuuuuwwyyyzzzzzz?";

  /** Everything below U+0250: controls are blanks, letters lose case and accent. */
  private static char[] latin() {
    char[] table = new char[0x250];
    for (char c = 0; c < table.length; c++) {
      char letter = c >= 0xC0 && c < 0xC0 + LETTERS.length() ? LETTERS.charAt(c - 0xC0) : '?';
      boolean blank = c <= ' ' || c == 0x7F || c == 0xA0;
      table[c] = blank ? ' ' : letter == '?' ? Character.toLowerCase(c) : letter;
    }
    String signs = "«\"»\"´'";
    for (int i = 0; i < signs.length(); i += 2) {
      table[signs.charAt(i)] = signs.charAt(i + 1);
    }
    table[0xAD] = DROP; // soft hyphen
    return table;
  }

  /** Of letters that are two without their accent. */
  private static char second(char c) {
    return switch (c) {
      case 'ß' -> 's';
      case 'æ', 'Æ', 'œ', 'Œ' -> 'e';
      default -> DROP;
    };
  }

  private static char beyondLatin(char c) {
    if (c >= 0x300 && c < 0x370) {
      return DROP; // accents of their own
    }
    if (c < 0x2000) {
      char lower = Character.toLowerCase(c);
      return lower == 'ё' ? 'е' : lower == 'й' ? 'и' : lower;
    }
    if (c >= 0xFF01 && c <= 0xFF5E) {
      char ascii = (char) (c - 0xFEE0);
      return LATIN[ascii]; // full-width forms
    }
    return switch (c) {
      case 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF -> DROP;
      case 0x2018, 0x2019, 0x201A, 0x201B -> '\'';
      case 0x201C, 0x201D, 0x201E -> '"';
      case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212 -> '-';
      case 0x2028, 0x2029, 0x202F, 0x3000 -> ' ';
      default -> c < 0x2010 ? ' ' : c; // U+2000 to U+200A are blanks of many widths
    };
  }
}
