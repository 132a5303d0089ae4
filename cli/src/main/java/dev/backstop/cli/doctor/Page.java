package dev.backstop.cli.doctor;

import dev.backstop.cli.check.print.Style;
import dev.backstop.cli.check.print.Style.Colour;
import java.util.ArrayList;
import java.util.List;

/** Lines for a person: wrapped between words, and never wider than one reads with ease. */
final class Page {
  private static final int MAX_WIDTH = 100;

  /** Below this there is no wrapping: it would make things worse. */
  private static final int LEAST_ROOM = 20;

  private final Style style;
  private final int width;
  private final StringBuilder text = new StringBuilder(2_048);

  Page(Style style) {
    this.style = style;
    this.width = style.width() == 0 ? MAX_WIDTH : Math.min(style.width(), MAX_WIDTH);
  }

  Style style() {
    return style;
  }

  int width() {
    return width;
  }

  void blank() {
    text.append('\n');
  }

  /** Wrapped, all lines with the same start; the first with that label at its end. */
  void wrapped(int indent, String label, Colour labelColour, Colour colour, String words) {
    boolean first = true;
    for (String line : lines(style.shown(words), width - indent)) {
      String start = first ? label : "";
      text.repeat(' ', indent - columns(label)).append(style.paint(labelColour, start));
      text.repeat(' ', first ? 0 : columns(label));
      text.append(style.paint(colour, line)).append('\n');
      first = false;
    }
  }

  /** One line as it is, whatever its length: it is to be copied. */
  void whole(int indent, Colour colour, String line) {
    text.repeat(' ', indent).append(style.paint(colour, style.shown(line))).append('\n');
  }

  /** A line of a tree. */
  void tree(int indent, String prefix, Colour colour, String words, String tail) {
    text.repeat(' ', indent).append(style.paint(Colour.DIM, prefix));
    text.append(style.paint(colour, style.shown(words))).append(style.shown(tail)).append('\n');
  }

  /** Breaks after a blank, or in a word that is longer than a line. */
  static List<String> lines(String words, int room) {
    List<String> lines = new ArrayList<>();
    String rest = words;
    while (room >= LEAST_ROOM && columns(rest) > room) {
      int most = rest.offsetByCodePoints(0, room);
      int blank = rest.lastIndexOf(' ', most);
      int end = blank > 0 ? blank : most;
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  static int columns(String text) {
    return text.codePointCount(0, text.length());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
