package dev.backstop.mail.header;

import java.nio.charset.Charset;
import java.util.Arrays;

/** HZ (RFC 1843): GB 2312 in seven bits between <code>~{</code> and <code>~}</code>. */
final class HzText {
  private static final Charset GB = Charset.forName("GB18030");

  private HzText() {}

  static String decode(byte[] bytes, int start, int length) {
    byte[] plain = new byte[length];
    int count = 0;
    boolean shifted = false;
    for (int i = start; i < start + length; i++) {
      byte next = i + 1 < start + length ? bytes[i + 1] : 0;
      if (bytes[i] == '~' && (next == '{' || next == '}' || next == '~' || next == '\n')) {
        i++;
        shifted = next == '{' || (shifted && next != '}');
        if (next == '~') {
          plain[count++] = '~';
        }
      } else {
        shifted &= bytes[i] != '\n'; // RFC 1843: a line begins in ASCII
        plain[count++] = (byte) (shifted ? bytes[i] | 0x80 : bytes[i]);
      }
    }
    return new String(Arrays.copyOf(plain, count), GB);
  }
}
