package dev.backstop.mail.header;

import java.util.Arrays;

/**
 * Base64 as it comes (RFC 2045 §6.8): other characters are skipped, padding is the end, and it may
 * be missing. Never fails.
 */
public final class LenientBase64 {
  private static final byte[] SIXTETS = sixtets();

  private LenientBase64() {}

  /** The six bits of a character of the alphabet, else -1. */
  public static int sixtet(byte b) {
    return SIXTETS[b & 0xff];
  }

  /** At most {@code bound} octets of what a range says. */
  public static byte[] decode(byte[] bytes, int start, int end, int bound) {
    byte[] decoded = new byte[(int) Math.min(bound, (end - start) * 3L / 4 + 3)];
    int length = 0;
    int bits = 0;
    int count = 0;
    for (int i = start; i < end && length < decoded.length; i++) {
      int sixtet = sixtet(bytes[i]);
      if (sixtet >= 0) {
        bits = bits << 6 | sixtet;
        if ((count & 3) != 0) {
          decoded[length++] = (byte) (bits >> (6 - 2 * (count & 3)));
        }
        count++;
      } else if (bytes[i] == '=' && (count & 3) > 1) {
        break;
      }
    }
    return length == decoded.length ? decoded : Arrays.copyOf(decoded, length);
  }

  private static byte[] sixtets() {
    byte[] sixtets = new byte[256];
    Arrays.fill(sixtets, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      sixtets[alphabet.charAt(i)] = (byte) i;
    }
    return sixtets;
  }
}
