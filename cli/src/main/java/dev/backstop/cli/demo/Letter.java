package dev.backstop.cli.demo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A message in ASCII; its lines end in LF here and in CRLF on the wire. Immutable.
 *
 * @param header from the top
 */
record Letter(List<Field> header, String body) {

  /**
   * One header field.
   *
   * @param value without the space after the colon; folds are LF and white space
   */
  record Field(String name, String value) {}

  Letter {
    header = List.copyOf(header);
  }

  /**
   * A message from its text.
   *
   * @param text header, empty line, body; {@code {name}} is replaced by the value of that name
   */
  static Letter write(String text, Map<String, String> values) {
    int end = text.indexOf("\n\n");
    List<Field> header = new ArrayList<>();
    for (String field : fill(text.substring(0, end), values).split("\n(?![ \t])", -1)) {
      int colon = field.indexOf(':');
      header.add(new Field(field.substring(0, colon), field.substring(colon + 1).strip()));
    }
    return new Letter(header, fill(text.substring(end + 2), values));
  }

  /** One pass: what a value brings along is not filled again. */
  private static String fill(String text, Map<String, String> values) {
    var filled = new StringBuilder();
    int at = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
      int close = text.indexOf('}', open);
      String value = values.get(text.substring(open + 1, close));
      if (value == null) {
        throw new IllegalArgumentException("no value for " + text.substring(open, close + 1));
      }
      filled.append(text, at, open).append(value);
      at = close + 1;
    }
    return filled.append(text, at, text.length()).toString();
  }

  /** As RFC 5322 §3.3 wants it. */
  static String date(Instant at) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
  }

  /** Value of the first field of that name, empty when there is none. */
  String field(String name) {
    return header.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst()
        .orElse("");
  }

  Letter without(String name) {
    return new Letter(
        header.stream().filter(field -> !field.name().equalsIgnoreCase(name)).toList(), body);
  }

  /** All fields, each line ending in LF. */
  String headerText() {
    var text = new StringBuilder();
    header.forEach(
        field -> text.append(field.name()).append(": ").append(field.value()).append('\n'));
    return text.toString();
  }

  String text() {
    return headerText() + "\n" + body;
  }

  byte[] bodyOctets() {
    return body.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
