package dev.backstop.edge.smtp.content;

/**
 * Finds the end of a message and the lines in it, at any split of the stream. The end is CRLF, dot,
 * CRLF and nothing else (RFC 5321 §4.1.1.4); dots that the sender doubled are known from others
 * (§4.5.2). One instance reads one message; not for several threads.
 */
public final class ContentReader {
  private static final byte[] LINE_END = {'\r', '\n'};

  /** Where the next octet stands. */
  private enum At {
    LINE_START,
    IN_LINE,
    AFTER_CR,
    /** Behind the dot that begins a line. */
    DOT,
    /** Behind a dot that begins a line, and CR. */
    DOT_CR,
    /** Behind a line end that was none before it was repaired: a dot here ends nothing. */
    REPAIRED_START,
    END
  }

  private final boolean dotted;
  private final LineEnds policy;
  private final Target target;
  private At at = At.LINE_START;
  private int lineLength;
  private boolean strayLineEnd;
  private boolean nul;
  private int longest;

  /** Takes the message. */
  public interface Target {
    /** Octets that are the same in the message and on the wire; good during the call only. */
    void octets(byte[] octets, int from, int to);

    /** A dot that stands on the wire only, before the dot that begins a line. */
    void doubledDot();
  }

  /**
   * A reader at the beginning of a message.
   *
   * @param dotted true behind DATA; false for chunks of BDAT, which have a length instead of an end
   *     and no doubled dots (RFC 3030 §2)
   */
  public ContentReader(boolean dotted, LineEnds policy, Target target) {
    this.dotted = dotted;
    this.policy = policy;
    this.target = target;
  }

  /** Whether the end has been seen. */
  public boolean ended() {
    return at == At.END;
  }

  /** Whether there was a CR or LF alone. */
  public boolean hasStrayLineEnd() {
    return strayLineEnd;
  }

  /** Whether there was a NUL (RFC 5322 §4: no message may have one). */
  public boolean hasNul() {
    return nul;
  }

  /** Octets of the longest line so far, without its end. */
  public int longestLine() {
    return Math.max(longest, lineLength);
  }

  /**
   * Reads on.
   *
   * @return where the message ended, or {@code to}
   */
  public int read(byte[] octets, int from, int to) {
    int i = from;
    while (i < to && at != At.END) {
      i =
          switch (at) {
            case LINE_START -> lineStart(octets, i, to);
            case REPAIRED_START -> repairedStart(octets, i);
            case IN_LINE -> inLine(octets, i, to);
            case AFTER_CR -> afterCr(octets, i);
            case DOT -> behindDot(octets, i);
            case DOT_CR -> behindDotCr(octets, i);
            case END -> throw new IllegalStateException("behind the end");
          };
    }
    return i;
  }

  /**
   * The last chunk has ended.
   *
   * @return whether the message ended with a line; else a line end was added, for DATA cannot say
   *     it without
   */
  public boolean finishChunks() {
    boolean whole = at == At.LINE_START || at == At.REPAIRED_START;
    if (at == At.AFTER_CR) {
      strayLineEnd = true;
    }
    if (!whole) {
      target.octets(LINE_END, 0, 2);
    }
    at = At.END;
    return whole;
  }

  private int lineStart(byte[] octets, int i, int to) {
    longest = Math.max(longest, lineLength);
    lineLength = 0;
    if (octets[i] != '.') {
      at = At.IN_LINE;
      return inLine(octets, i, to);
    }
    if (dotted) {
      at = At.DOT;
      return i + 1;
    }
    target.doubledDot();
    at = At.IN_LINE;
    return inLine(octets, i, to);
  }

  private int repairedStart(byte[] octets, int i) {
    lineLength = 0;
    if (octets[i] == '.') {
      target.doubledDot();
    }
    at = At.IN_LINE;
    return i;
  }

  /** All whole lines that follow and need no care, in one piece. */
  private int inLine(byte[] octets, int from, int to) {
    int i = from;
    int line = i - lineLength;
    while (true) {
      i = Octets.special(octets, i, to);
      if (i == to) {
        lineLength = i - line;
        emit(octets, from, to);
        return to;
      }
      if (octets[i] == '\r' && i + 1 < to && octets[i + 1] == '\n') {
        longest = Math.max(longest, i - line);
        i += 2;
        line = i;
        if (i == to || octets[i] == '.') {
          lineLength = 0;
          at = At.LINE_START;
          emit(octets, from, i);
          return i;
        }
      } else {
        lineLength = i - line;
        emit(octets, from, i);
        return special(octets, i);
      }
    }
  }

  private int special(byte[] octets, int i) {
    if (octets[i] == '\r') {
      at = At.AFTER_CR; // it is written when the next octet is known
    } else if (octets[i] == '\n') {
      stray();
    } else {
      nul = true;
      at = At.IN_LINE;
    }
    return i + 1;
  }

  private int afterCr(byte[] octets, int i) {
    if (octets[i] == '\n') {
      target.octets(LINE_END, 0, 2);
      at = At.LINE_START;
      return i + 1;
    }
    stray();
    return i;
  }

  private int behindDot(byte[] octets, int i) {
    if (octets[i] == '\r') {
      at = At.DOT_CR;
      return i + 1;
    }
    if (octets[i] == '\n' || octets[i] == 0) { // the dot goes, as every first one, and then this
      at = At.IN_LINE;
      return special(octets, i);
    }
    if (octets[i] == '.') { // the sender's own dot, doubled on the wire
      target.doubledDot();
    } // else a dot that hides nothing: RFC 5321 §4.5.2 takes it off
    at = At.IN_LINE;
    return i;
  }

  private int behindDotCr(byte[] octets, int i) {
    if (octets[i] == '\n') {
      at = At.END;
      return i + 1;
    }
    stray();
    return i;
  }

  /** A line end that is none. */
  private void stray() {
    strayLineEnd = true;
    if (policy == LineEnds.REPAIR) {
      longest = Math.max(longest, lineLength);
      target.octets(LINE_END, 0, 2);
      at = At.REPAIRED_START;
    } else {
      at = At.IN_LINE;
    }
  }

  private void emit(byte[] octets, int from, int to) {
    if (from < to) {
      target.octets(octets, from, to);
    }
  }
}
