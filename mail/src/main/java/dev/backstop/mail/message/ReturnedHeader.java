package dev.backstop.mail.message;

/**
 * What {@link MessageSplitter} finds at the beginning of a returned message.
 *
 * @param hasBody true when something follows the header
 * @param cut true when the header is longer than what is kept
 */
record ReturnedHeader(Header header, boolean hasBody, boolean cut) {}
