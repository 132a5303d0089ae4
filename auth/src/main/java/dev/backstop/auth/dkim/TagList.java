package dev.backstop.auth.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The tags {@code name=value;} of a signature or a key record (RFC 6376 §3.2), with the places of
 * their values. Octets above 127 are taken for UTF-8 (RFC 8616 §5). Not changed after parsing.
 */
final class TagList {
  /** More tags than this make a list malformed; the RFC knows eleven. */
  static final int MAX_TAGS = 64;

  private final byte[] bytes;
  private final List<Tag> tags = new ArrayList<>(12);

  /** Indexes into the octets: a value reaches from after the equals sign to the semicolon. */
  private record Tag(String name, int start, int end) {}

  private TagList(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a whole list.
   *
   * @param bytes kept, not changed
   */
  static TagList parse(byte[] bytes) throws DkimSyntaxException {
    var list = new TagList(bytes);
    int at = 0;
    do {
      int semicolon = list.semicolon(at);
      list.readTag(at, semicolon);
      at = semicolon + 1;
    } while (list.skipBlanks(at, bytes.length) < bytes.length); // one semicolon may end the list
    return list;
  }

  /** The end of the tag that begins at {@code from}. */
  private int semicolon(int from) throws DkimSyntaxException {
    int at = from;
    while (at < bytes.length && bytes[at] != ';') {
      if ((bytes[at] >= 0 && bytes[at] < ' ' && !isBlank(bytes[at])) || bytes[at] == 0x7f) {
        throw new DkimSyntaxException("a control character among the tags");
      }
      at++;
    }
    return at;
  }

  private void readTag(int from, int end) throws DkimSyntaxException {
    int start = skipBlanks(from, end);
    int stop = start;
    while (stop < end && isNameOctet(bytes[stop], stop > start)) {
      stop++;
    }
    int equals = skipBlanks(stop, end);
    if (stop == start || equals == end || bytes[equals] != '=') {
      throw new DkimSyntaxException("no list of tags name=value");
    }
    String name = new String(bytes, start, stop - start, StandardCharsets.ISO_8859_1);
    if (find(name).isPresent()) { // RFC 6376 §3.2: then the entire list is invalid
      throw new DkimSyntaxException("tag " + shortened(name) + "= twice");
    }
    if (tags.size() == MAX_TAGS) {
      throw new DkimSyntaxException("more than " + MAX_TAGS + " tags");
    }
    tags.add(new Tag(name, equals + 1, end));
  }

  private static boolean isNameOctet(byte b, boolean inside) {
    boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    return letter || (inside && ((b >= '0' && b <= '9') || b == '_'));
  }

  /** Tag names are compared with their case (RFC 6376 §3.2). */
  private Optional<Tag> find(String name) {
    for (Tag tag : tags) {
      if (tag.name.equals(name)) {
        return Optional.of(tag);
      }
    }
    return Optional.empty();
  }

  /** The value without blanks around it, when there is such a tag. */
  Optional<String> text(String name) {
    return find(name).map(this::trimmed);
  }

  /** The same of a tag that must be there and not empty. */
  String required(String name) throws DkimSyntaxException {
    String text = text(name).orElseThrow(() -> new DkimSyntaxException("no tag " + name + "="));
    if (text.isEmpty()) {
      throw new DkimSyntaxException("tag " + name + "= is empty");
    }
    return text;
  }

  private String trimmed(Tag tag) {
    int start = skipBlanks(tag.start, tag.end);
    int end = tag.end;
    while (end > start && isBlank(bytes[end - 1])) {
      end--;
    }
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  /**
   * The parts between colons, each without blanks around it; one empty part for an empty value.
   *
   * @param bound of parts
   */
  static List<String> parts(String value, int bound) throws DkimSyntaxException {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at <= value.length()) {
      int colon = value.indexOf(':', at);
      int end = colon < 0 ? value.length() : colon;
      if (parts.size() == bound) {
        throw new DkimSyntaxException("a list of more than " + bound + " parts");
      }
      parts.add(value.substring(at, end).strip());
      at = end + 1;
    }
    return parts;
  }

  /** What base64 in that tag says; blanks anywhere in it do not count (RFC 6376 §2.10). */
  byte[] octets(String name) throws DkimSyntaxException {
    Tag tag = find(name).orElseThrow(() -> new DkimSyntaxException("no tag " + name + "="));
    byte[] base64 = new byte[tag.end - tag.start];
    int length = 0;
    for (int i = tag.start; i < tag.end; i++) {
      if (!isBlank(bytes[i])) {
        base64[length++] = bytes[i];
      }
    }
    try {
      return Base64.getDecoder().decode(Arrays.copyOf(base64, length));
    } catch (IllegalArgumentException e) {
      throw new DkimSyntaxException("tag " + name + "= is not base64");
    }
  }

  /** All octets but the value of that tag with the blanks around it (RFC 6376 §3.7). */
  byte[] without(String name) {
    Optional<Tag> found = find(name);
    if (found.isEmpty()) {
      return bytes;
    }
    Tag tag = found.get();
    byte[] rest = Arrays.copyOf(bytes, bytes.length - (tag.end - tag.start));
    System.arraycopy(bytes, tag.end, rest, tag.start, bytes.length - tag.end);
    return rest;
  }

  private int skipBlanks(int from, int end) {
    int at = from;
    while (at < end && isBlank(bytes[at])) {
      at++;
    }
    return at;
  }

  /** FWS without asking for the order of its octets (RFC 6376 §2.8): stored files have LF alone. */
  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  /** Fit for a log, however long a stranger made it. */
  static String shortened(String text) {
    var plain = new StringBuilder();
    for (int i = 0; i < text.length() && i < 40; i++) {
      char c = text.charAt(i);
      plain.append(c > ' ' && c < 0x7f ? c : '?');
    }
    return plain.append(text.length() > 40 ? "…" : "").toString();
  }
}
