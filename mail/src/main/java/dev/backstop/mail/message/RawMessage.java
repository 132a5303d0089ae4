package dev.backstop.mail.message;

import java.util.List;
import java.util.Set;

/**
 * A message, or the beginning of one, as it came: the bytes that signatures are made over.
 *
 * @param header the fields in order, top first
 * @param body after the empty line; shorter than the real body with {@link Cut#MESSAGE}
 * @param cuts what the door or the splitter left out; mostly empty
 */
public record RawMessage(List<HeaderField> header, Body body, Set<Cut> cuts) {

  /** A message that was read to its end, or whose end the door cut off. */
  public RawMessage(List<HeaderField> header, Body body, boolean truncated) {
    this(header, body, truncated ? Set.of(Cut.MESSAGE) : Set.of());
  }

  /** True when the door stopped reading at its bound. */
  public boolean truncated() {
    return cuts.contains(Cut.MESSAGE);
  }

  /**
   * A range of bytes owned by the door; valid only during the call that passed it.
   *
   * @param bytes may be longer than the body
   * @param length number of valid octets, from index 0
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // a view without a copy is the point; nobody compares bodies
  public record Body(byte[] bytes, int length) {
    public static final Body EMPTY = new Body(new byte[0], 0);
  }
}
