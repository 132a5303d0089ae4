package dev.backstop.mail.header;

/** UTF-7 (RFC 2152), which the runtime does not have. What is broken is skipped. */
final class Utf7 {
  private Utf7() {}

  static String decode(byte[] bytes, int start, int length) {
    var text = new StringBuilder(length);
    int end = start + length;
    for (int at = start; at < end; ) {
      if (bytes[at] == '+') {
        at = shifted(bytes, at + 1, end, text);
      } else {
        text.append((char) (bytes[at++] & 0xff));
      }
    }
    return text.toString();
  }

  /** Base64 of UTF-16 up to the first other character; a hyphen there only ends it. */
  private static int shifted(byte[] bytes, int from, int end, StringBuilder text) {
    int at = from;
    int bits = 0;
    int count = 0;
    for (; at < end && LenientBase64.sixtet(bytes[at]) >= 0; at++) {
      bits = bits << 6 | LenientBase64.sixtet(bytes[at]);
      count += 6;
      if (count >= 16) {
        count -= 16;
        text.append((char) (bits >> count));
      }
    }
    boolean hyphen = at < end && bytes[at] == '-';
    if (at == from) {
      text.append('+'); // RFC 2152: "+-" is a plus sign
    }
    return hyphen ? at + 1 : at;
  }
}
