package dev.backstop.mail.message;

/**
 * One leaf of a message's MIME tree (RFC 2045), transfer encoding removed. A {@code message/rfc822}
 * is a leaf: what is inside it belongs to another message.
 *
 * @param type its Content-Type; {@code text/plain} when it says none
 * @param disposition {@code inline}, {@code attachment} or empty, lower case
 * @param depth number of multiparts around it
 * @param content may be longer than the part; must not be changed
 * @param length number of valid octets, from index 0
 */
@SuppressWarnings("ArrayRecordComponent") // a view without a copy; parts are never compared
public record Part(ContentType type, String disposition, int depth, byte[] content, int length) {

  /** The content as text in its declared charset, else UTF-8 or windows-1252. */
  public String text() {
    return CharsetText.decode(content, length, type.parameter("charset"));
  }
}
