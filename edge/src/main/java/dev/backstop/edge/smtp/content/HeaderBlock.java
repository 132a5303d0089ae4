package dev.backstop.edge.smtp.content;

import dev.backstop.mail.message.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The header of one message while it comes, line by line (RFC 5322 §2.2). A line that is neither a
 * field nor a continuation ends it, as in Postfix; the empty line that should have been there is
 * written when the message goes on, so that everybody sees the same end.
 */
final class HeaderBlock {
  private static final int FIRST = 2048;

  private final int mostFields;
  private final int mostOctets;
  private byte[] text = new byte[FIRST];
  private int length;
  private int lineStart;
  private final List<Place> places = new ArrayList<>(24);

  /** Where a field stands; {@code end} is behind its line end. */
  private record Place(int start, int nameEnd, int colon, int end) {}

  /** What a line came to. */
  enum Line {
    PART,
    END,
    /** No line of a header: it belongs to the body. */
    BODY,
    TOO_MUCH
  }

  HeaderBlock(int mostFields, int mostOctets) {
    this.mostFields = mostFields;
    this.mostOctets = mostOctets;
  }

  /** Adds a piece of a line; false when there is too much. */
  boolean add(byte[] octets, int from, int to) {
    int more = to - from;
    if (more > mostOctets - length) {
      return false;
    }
    if (length + more > text.length) {
      text = Arrays.copyOf(text, Math.max(length + more, Math.min(2 * text.length, mostOctets)));
    }
    System.arraycopy(octets, from, text, length, more);
    length += more;
    return true;
  }

  /** The line that was added last has its line end. */
  Line line() {
    int start = lineStart;
    int end = length;
    if (end - start == 2) {
      return end(start, Line.END);
    }
    lineStart = end;
    if (text[start] == ' ' || text[start] == '\t') {
      return places.isEmpty() ? end(start, Line.BODY) : continued(end);
    }
    int nameEnd = start;
    while (text[nameEnd] > ' ' && text[nameEnd] != ':') {
      nameEnd++;
    }
    int colon = nameEnd;
    while (text[colon] == ' ' || text[colon] == '\t') {
      colon++; // RFC 5322 §4.5: obsolete syntax allows blanks before the colon
    }
    if (nameEnd == start || text[colon] != ':') {
      return places.isEmpty() && isMailboxLine(start) ? skip(start) : end(start, Line.BODY);
    }
    if (places.size() == mostFields) {
      return Line.TOO_MUCH;
    }
    places.add(new Place(start, nameEnd, colon, end));
    return Line.PART;
  }

  private Line continued(int end) {
    Place last = places.removeLast();
    places.add(new Place(last.start(), last.nameEnd(), last.colon(), end));
    return Line.PART;
  }

  /** Left over from an mbox file; no field, and no end of the header either. */
  private boolean isMailboxLine(int start) {
    int word = text[start] == '>' ? start + 1 : start;
    return new String(text, word, Math.min(5, length - word), StandardCharsets.ISO_8859_1)
        .equals("From ");
  }

  private Line skip(int start) {
    length = start;
    lineStart = start;
    return Line.PART;
  }

  private Line end(int start, Line line) {
    lineStart = start;
    if (line == Line.END) {
      length = start;
    }
    return line;
  }

  /** The line that belongs to the body; it is taken out. */
  byte[] takeLine() {
    byte[] line = Arrays.copyOfRange(text, lineStart, length);
    length = lineStart;
    return line;
  }

  /** Whether a line has begun that has not ended. */
  boolean isInLine() {
    return length > lineStart;
  }

  /** Every field, top first. */
  List<HeaderField> fields() {
    List<HeaderField> fields = new ArrayList<>(places.size());
    for (int i = 0; i < places.size(); i++) {
      fields.add(field(places.get(i)));
    }
    return List.copyOf(fields);
  }

  private HeaderField field(Place place) {
    return new HeaderField(
        name(place), Arrays.copyOfRange(text, place.colon() + 1, place.end() - 2));
  }

  private String name(Place place) {
    return new String(
        text, place.start(), place.nameEnd() - place.start(), StandardCharsets.ISO_8859_1);
  }

  /** Octets in all. */
  int length() {
    return length;
  }

  /** How many fields of that name there are. */
  int count(String name) {
    return (int) places.stream().filter(place -> name(place).equalsIgnoreCase(name)).count();
  }

  /** Writes all of it but what is removed, with doubled dots. */
  void copyTo(Sink sink, Removals removals) throws java.io.IOException {
    if (removals.isEmpty()) {
      copy(sink, 0, length);
      return;
    }
    for (Place place : places) {
      if (!removals.removes(name(place))) {
        copy(sink, place.start(), place.end());
      }
    }
  }

  /** A field name may begin with a dot, and so may what is left of a broken line. */
  private void copy(Sink sink, int from, int to) throws java.io.IOException {
    int written = from;
    boolean lineStarts = true;
    for (int i = from; i < to; i++) {
      if (lineStarts && text[i] == '.') {
        sink.write(text, written, i);
        sink.write(text, i, i + 1);
        written = i;
      }
      lineStarts = text[i] == '\n';
    }
    sink.write(text, written, to);
  }
}
