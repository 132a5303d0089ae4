package dev.backstop.mail.message;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Visits the leaves of a message's MIME tree in order (RFC 2046), within bounds and without ever
 * failing: what is broken is read as far as it makes sense.
 *
 * <p>A walk cuts the body into slices of one and the same array, one linear pass for each depth,
 * and copies nothing. A nested multipart is searched inside its own slice only, so that it cannot
 * swallow the parts behind it when its end is missing.
 */
public final class MimeWalk {
  /** Octets of the body that are looked at; the report of a bounce stands far before this. */
  public static final int MAX_BYTES = 1 << 20;

  /** Octets read of one part. */
  public static final int MAX_PART = 128 << 10;

  private static final int MAX_DEPTH = 8;
  private static final int MAX_PARTS = 100;

  /** RFC 2046 §5.1.5: what a part of a digest is when it says nothing. */
  private static final ContentType MESSAGE = ContentType.parse("message/rfc822");

  private final Predicate<Part> visitor;
  private final Set<Cut> cuts = EnumSet.noneOf(Cut.class);
  private int parts;
  private int depth;

  private MimeWalk(Predicate<Part> visitor) {
    this.visitor = visitor;
  }

  /**
   * Visits each leaf until the visitor has seen enough.
   *
   * @param type the message's own Content-Type
   * @param transferEncoding the message's own Content-Transfer-Encoding, or empty
   * @param visitor returns false to end the walk
   * @return what was left out before the visitor had seen enough: {@link Cut#BODY}, {@link
   *     Cut#PART}, {@link Cut#PARTS}, {@link Cut#DEPTH}
   */
  public static Set<Cut> walk(
      ContentType type, String transferEncoding, RawMessage.Body body, Predicate<Part> visitor) {
    var walk = new MimeWalk(visitor);
    var encoding = TransferEncoding.of(transferEncoding);
    int length = Math.min(body.length(), MAX_BYTES);
    boolean goesOn = walk.entity(type, "", encoding, body.bytes(), 0, length);
    if (goesOn && type.isMultipart() && length < body.length()) {
      walk.cuts.add(Cut.BODY);
    }
    return walk.cuts;
  }

  /** All of these return false when the walk is over. */
  private boolean entity(
      ContentType type,
      String disposition,
      TransferEncoding encoding,
      byte[] bytes,
      int start,
      int end) {
    if (!type.isMultipart()) {
      return visit(new Part(type, disposition, depth, encoding, bytes, start, end));
    }
    if (depth == MAX_DEPTH) {
      cuts.add(Cut.DEPTH);
      return true;
    }
    Boundary boundary = Boundary.of(type, bytes, start, end);
    if (boundary != null) {
      return multipart(type, boundary, bytes, start, end);
    }
    return encoding.changes(bytes, start, end)
        ? encoded(type, encoding.decode(bytes, start, end, end - start))
        : withoutParts(bytes, start, end);
  }

  /** RFC 2045 §6.4 forbids it, and some do it: a multipart in base64 or quoted-printable. */
  private boolean encoded(ContentType type, byte[] decoded) {
    return entity(type, "", TransferEncoding.IDENTITY, decoded, 0, decoded.length);
  }

  /** No line delimits parts: then it is a text, whatever it claims to be. */
  private boolean withoutParts(byte[] bytes, int start, int end) {
    return isBlank(bytes, start, end)
        || visit(
            new Part(ContentType.PLAIN, "", depth, TransferEncoding.IDENTITY, bytes, start, end));
  }

  private static boolean isBlank(byte[] bytes, int start, int end) {
    int i = start;
    while (i < end && (Lines.isBlank(bytes[i]) || Lines.isEnd(bytes[i]))) {
      i++;
    }
    return i == end;
  }

  /**
   * What stands before the first delimiter and after the last is no part (RFC 2046 §5.1.1). Parts
   * may follow a closing delimiter all the same, when an inner multipart has the boundary of the
   * outer.
   */
  private boolean multipart(ContentType type, Boundary boundary, byte[] bytes, int start, int end) {
    ContentType otherwise = type.is("multipart/digest") ? MESSAGE : ContentType.PLAIN;
    depth++;
    int delimiter = boundary.find(bytes, start, end);
    boolean goesOn = true;
    while (delimiter < end && goesOn) {
      int from = Lines.next(bytes, delimiter, end);
      int next = boundary.find(bytes, from, end);
      if (!boundary.closesAt(bytes, delimiter, end)) {
        int to = next == end ? end : Lines.beforeEnd(bytes, from, next);
        goesOn = part(otherwise, bytes, from, to);
      }
      delimiter = next;
    }
    depth--;
    return goesOn;
  }

  private boolean part(ContentType otherwise, byte[] bytes, int start, int end) {
    if (start == end) {
      return true; // a delimiter and nothing after it: the end of a message that was cut off
    }
    if (++parts > MAX_PARTS) {
      cuts.add(Cut.PARTS);
      return false;
    }
    PartHeader header = PartHeader.read(bytes, start, end);
    return entity(
        header.type(otherwise),
        header.disposition(),
        header.transferEncoding(),
        bytes,
        header.bodyStart(),
        end);
  }

  private boolean visit(Part part) {
    boolean goesOn = visitor.test(part);
    if (part.isCut()) {
      cuts.add(Cut.PART);
    }
    return goesOn;
  }
}
