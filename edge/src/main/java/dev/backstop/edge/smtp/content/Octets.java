package dev.backstop.edge.smtp.content;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks through octets, eight at a time. */
final class Octets {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long BELOW_SHIFT_OUT = EACH * 0x0e;

  private Octets() {}

  /** The first of NUL, LF and CR; {@code to} when there is none. */
  static int special(byte[] octets, int from, int to) {
    int i = from;
    while (true) {
      while (i + Long.BYTES <= to) {
        long eight = (long) LONG.get(octets, i);
        // the highest bit of each octet below 14, exact for the lowest such octet
        long below = (eight - BELOW_SHIFT_OUT) & ~eight & HIGH;
        if (below != 0) {
          i += Long.numberOfTrailingZeros(below) >>> 3;
          break;
        }
        i += Long.BYTES;
      }
      if (i >= to) {
        return to;
      }
      byte octet = octets[i];
      if (octet == '\r' || octet == '\n' || octet == 0) {
        return i;
      }
      i++;
    }
  }
}
