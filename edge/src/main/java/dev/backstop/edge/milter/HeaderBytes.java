package dev.backstop.edge.milter;

import dev.backstop.edge.FieldText;

/** Header values between the form of the milter protocol and that of RFC 5322. */
final class HeaderBytes {
  private HeaderBytes() {}

  /**
   * The value as it was on the wire. Postfix and Sendmail give folds as a bare LF where CRLF was,
   * and without "leading space" they drop the space after the colon; signatures cover both.
   *
   * @param leadingSpace whether the mail server left that space in
   */
  static byte[] value(Packet packet, int from, int to, boolean leadingSpace) {
    int bare = bareLineFeeds(packet, from, to);
    int space = leadingSpace || from == to || isBlank(packet.octet(from)) ? 0 : 1;
    byte[] value = new byte[space + to - from + bare];
    if (space == 1) {
      value[0] = ' '; // what nearly all have; the protocol of that age cannot say
    }
    if (bare == 0) {
      packet.copyTo(value, space, from, to);
      return value;
    }
    int at = space;
    for (int i = from; i < to; i++) {
      if (isBareLineFeed(packet, from, i)) {
        value[at++] = '\r';
      }
      value[at++] = packet.octet(i);
    }
    return value;
  }

  private static int bareLineFeeds(Packet packet, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (isBareLineFeed(packet, from, i)) {
        count++;
      }
    }
    return count;
  }

  private static boolean isBareLineFeed(Packet packet, int from, int i) {
    return packet.octet(i) == '\n' && (i == from || packet.octet(i - 1) != '\r');
  }

  private static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
  }

  /**
   * A value of ours as the mail server wants it: folds as LF.
   *
   * @throws IllegalArgumentException if it would not stay one header field, or is not ASCII
   */
  static String toProtocol(String value, boolean leadingSpace) {
    String folded = FieldText.checkValue(value).replace("\r\n", "\n");
    return leadingSpace ? " " + folded : folded;
  }
}
