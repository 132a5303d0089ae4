package dev.backstop.auth.dkim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Canonicalizes a body as it comes, in pieces of any size (RFC 6376 §3.4.3, §3.4.4), and hands it
 * on to a digest. LF alone counts as CRLF: a stored message has it, and RFC 6376 §5.3 wants line
 * ends made right before signing. CR alone is an octet as any other.
 *
 * <p>A body is a row of <em>runs</em> of octets that stay as they are, with <em>gaps</em> between
 * them: line ends, under relaxed blanks too. What a gap becomes is known only when the next run
 * begins, because at the end of the body it becomes nothing; until then it is two numbers. As long
 * as the gaps are already what they should be, runs and gaps go on together, without a copy. For
 * one message and one thread.
 */
final class BodyCanonicalizer {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[] CR = {'\r'};
  private static final byte[] BLANK = {' '};
  private static final byte[] LINE_ENDS =
      "\r\n".repeat(512).getBytes(StandardCharsets.ISO_8859_1); // written in one go

  private static final long EACH = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final boolean relaxed;
  private final BodyDigest out;

  /** Octets from here on, in each of eight, begin no gap; smaller ones are looked at. */
  private final long floors;

  /** The gap that is open: line ends, and whether blanks stand after the last of them. */
  private long lineEnds;

  private boolean blank;

  /** Whether the open gap stands in the present piece as it has to become. */
  private boolean exact;

  /** A CR ended the last piece; the next octet tells whether it is a line end. */
  private boolean carriageReturn;

  BodyCanonicalizer(Canonicalization form, BodyDigest out) {
    this.relaxed = form == Canonicalization.RELAXED;
    this.out = out;
    this.floors = (relaxed ? ' ' + 1 : '\r' + 1) * EACH;
  }

  /** The next piece of the body, as it came. */
  void update(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    int end = offset + length;
    int at = offset;
    exact = !isOpen();
    if (carriageReturn) {
      at += carriageReturnBefore(bytes[offset]);
    }
    int from = at; // from here to `to` nothing has to change and nothing is written yet
    int to = at;
    while (at < end) {
      at = gap(bytes, at, end);
      if (at == end) {
        break;
      }
      if (!exact) {
        out.write(bytes, from, to);
        writeGap();
        from = at;
      }
      closeGap();
      at = run(bytes, at + 1, end);
      to = at;
    }
    out.write(bytes, from, to);
  }

  /** Settles the CR at the end of the last piece; says how many octets that used up. */
  private int carriageReturnBefore(byte next) {
    carriageReturn = false;
    if (next == '\n') {
      lineEnd();
      exact = false;
      return 1;
    }
    writeGap();
    closeGap();
    out.write(CR, 0, 1);
    return 0;
  }

  /** Reads on in the gap; where it ends, an octet of a run stands. */
  private int gap(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end) {
      byte b = bytes[at];
      if (b == '\n') {
        lineEnd();
        exact = false;
        at++;
      } else if (b == '\r') {
        if (at + 1 == end) {
          carriageReturn = true;
          return end;
        }
        if (bytes[at + 1] != '\n') {
          return at;
        }
        lineEnd();
        at += 2;
      } else if (relaxed && (b == ' ' || b == '\t')) {
        exact &= b == ' ' && !blank;
        blank = true;
        at++;
      } else {
        return at;
      }
    }
    return at;
  }

  /** RFC 6376 §3.4.4: blanks at the end of a line are nothing. */
  private void lineEnd() {
    exact &= !blank;
    blank = false;
    lineEnds++;
  }

  /** The next octet that may begin a gap, looking at eight at a time. */
  private int run(byte[] bytes, int from, int end) {
    int at = from;
    while (at + Long.BYTES <= end) {
      long eight = (long) LONGS.get(bytes, at);
      long small = (eight - floors) & ~eight & HIGH_BITS; // exact up to the lowest bit that is set
      if (small != 0) {
        return at + (Long.numberOfTrailingZeros(small) >>> 3);
      }
      at += Long.BYTES;
    }
    byte floor = (byte) floors;
    while (at < end && (bytes[at] >= floor || bytes[at] < 0)) {
      at++;
    }
    return at;
  }

  private boolean isOpen() {
    return lineEnds > 0 || blank;
  }

  private void closeGap() {
    lineEnds = 0;
    blank = false;
    exact = true;
  }

  private void writeGap() {
    for (long left = 2 * lineEnds; left > 0; left -= LINE_ENDS.length) {
      out.write(LINE_ENDS, 0, (int) Math.min(left, LINE_ENDS.length));
    }
    if (blank) {
      out.write(BLANK, 0, 1);
    }
  }

  /**
   * The body has ended: it ends with one line end, and a relaxed body of nothing else is empty (RFC
   * 6376 §3.4.3, §3.4.4).
   */
  void finish() {
    if (carriageReturn) {
      writeGap();
      out.write(CR, 0, 1);
    }
    if (!relaxed || out.length() > 0) {
      out.write(LINE_ENDS, 0, 2);
    }
    out.finish();
  }
}
