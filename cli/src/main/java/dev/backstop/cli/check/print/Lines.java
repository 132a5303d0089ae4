package dev.backstop.cli.check.print;

import dev.backstop.cli.check.print.Style.Colour;

/** A block of labelled lines: aligned, bounded, wrapped to the width of the terminal. */
public final class Lines {
  private static final int LABEL = 12;
  private static final int MAX_TEXT = 400;

  /** Below this width wrapping makes things worse. */
  private static final int LEAST_ROOM = 20;

  private final Style style;
  private final StringBuilder lines = new StringBuilder(512);

  public Lines(Style style) {
    this.style = style;
  }

  public void heading(String text) {
    lines.append(style.paint(Colour.BOLD, style.shown(text))).append('\n');
  }

  public void line(String label, String text) {
    line(label, Colour.NONE, text);
  }

  /** Nothing when the text is empty. */
  public void line(String label, Colour colour, String text) {
    if (text.isEmpty()) {
      return;
    }
    String rest = style.shown(bounded(text));
    String name = label;
    while (!rest.isEmpty()) {
      int end = lineEnd(rest);
      label(name);
      lines.append(style.paint(colour, rest.substring(0, end).stripTrailing())).append('\n');
      rest = rest.substring(end).stripLeading();
      name = "";
    }
  }

  private void label(String name) {
    lines.append("  ").append(style.paint(Colour.DIM, name));
    lines.repeat(' ', LABEL - 2 - name.length());
  }

  private static String bounded(String text) {
    return text.codePointCount(0, text.length()) <= MAX_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_TEXT)) + "…";
  }

  /** Where the first line of the text ends: all of it, after a blank, or in a long word. */
  private int lineEnd(String text) {
    int room = style.width() - LABEL;
    if (room < LEAST_ROOM || text.codePointCount(0, text.length()) <= room) {
      return text.length();
    }
    int most = text.offsetByCodePoints(0, room);
    int blank = text.lastIndexOf(' ', most);
    return blank > 0 ? blank : most;
  }

  @Override
  public String toString() {
    return lines.toString();
  }
}
