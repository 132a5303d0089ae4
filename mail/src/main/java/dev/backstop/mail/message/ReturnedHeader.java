package dev.backstop.mail.message;

/**
 * What {@link MessageSplitter} finds at the beginning of a returned message.
 *
 * @param header without lines that are no field: for reading
 * @param mended with the exact octets of every line: one that is no field is a fold of the field
 *     above that lost its blank on the way, and gets it back; the same object as {@code header}
 *     where there is no such line
 * @param hasBody true when something follows the header
 * @param cut true when the header is longer than what is kept
 */
public record ReturnedHeader(Header header, Header mended, boolean hasBody, boolean cut) {}
