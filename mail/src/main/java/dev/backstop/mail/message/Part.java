package dev.backstop.mail.message;

import dev.backstop.mail.header.Charsets;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One leaf of a message's MIME tree (RFC 2045). A {@code message/rfc822} is a leaf: what is inside
 * it belongs to another message.
 *
 * <p>A view of the message's bytes, valid during the visit. The transfer encoding is removed when
 * somebody asks for the content; a part that nobody reads costs nothing. Not thread-safe.
 */
public final class Part {
  private final ContentType type;
  private final String disposition;
  private final int depth;
  private final TransferEncoding encoding;
  private byte[] bytes;
  private int start;
  private int end;
  private boolean decoded;
  private boolean cut;
  private @Nullable ReturnedHeader returned;

  Part(
      ContentType type,
      String disposition,
      int depth,
      TransferEncoding encoding,
      byte[] bytes,
      int start,
      int end) {
    this.type = type;
    this.disposition = disposition;
    this.depth = depth;
    this.encoding = encoding;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  /** A body as text, whatever its message says it is. */
  public static Part plain(RawMessage.Body body) {
    return new Part(
        ContentType.PLAIN, "", 0, TransferEncoding.IDENTITY, body.bytes(), 0, body.length());
  }

  /** Its Content-Type; {@code text/plain} when it says none. */
  public ContentType type() {
    return type;
  }

  /** {@code inline}, {@code attachment} or empty, lower case. */
  public String disposition() {
    return disposition;
  }

  /** Number of multiparts around it. */
  public int depth() {
    return depth;
  }

  /**
   * The content as text in its declared charset, else UTF-8 or windows-1252; of a content longer
   * than {@link MimeWalk#MAX_PART} octets the beginning.
   */
  public String text() {
    return text(MimeWalk.MAX_PART);
  }

  /** Like {@link #text()}, for a reader that wants no more than some octets of it. */
  public String text(int octets) {
    decode();
    int length = Math.min(end - start, Math.min(octets, MimeWalk.MAX_PART));
    cut |= length == MimeWalk.MAX_PART && end - start > length;
    return Charsets.decode(bytes, start, length, type.parameter("charset"));
  }

  /**
   * The beginning of the content with a character for each octet (ISO-8859-1): for what must keep
   * its exact octets, never for reading.
   */
  public String octets(int octets) {
    decode();
    int length = Math.min(end - start, Math.min(octets, MimeWalk.MAX_PART));
    return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
  }

  /** The header of the message, or of the beginning of one, that is the content. */
  public Header header() {
    return returned().header();
  }

  /** True when the content has something after the {@link #header}. */
  public boolean hasBody() {
    return returned().hasBody();
  }

  /** The same, and the header with the octets of every line. */
  public ReturnedHeader returned() {
    if (returned == null) {
      decode();
      returned = MessageSplitter.returned(bytes, start, end);
      cut |= returned.cut();
    }
    return returned;
  }

  private void decode() {
    if (!decoded && encoding.changes(bytes, start, end)) {
      // One octet more than is read tells that there is more.
      bytes = encoding.decode(bytes, start, end, MimeWalk.MAX_PART + 1);
      start = 0;
      end = bytes.length;
    }
    decoded = true;
  }

  /** True when somebody asked for more than is decoded. */
  boolean isCut() {
    return cut;
  }
}
