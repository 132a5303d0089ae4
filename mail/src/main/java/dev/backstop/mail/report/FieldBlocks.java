package dev.backstop.mail.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Groups of header fields with empty lines between them, the shape of all reports (RFC 3464 §2.1).
 * Lines may end in CRLF, LF or CR. Folded lines are joined, and so are lines that are no field:
 * relays lose the blank that makes a fold, above all within a long Diagnostic-Code.
 */
final class FieldBlocks {
  /** More than any report has, and more than its readers keep. */
  static final int MAX_BLOCKS = 3000;

  private static final int MAX_FIELDS = 100;
  private static final int MAX_NAME = 60;
  private static final int MAX_VALUE = 4000;

  private final Set<String> openers;
  private final List<Map<String, String>> blocks = new ArrayList<>();
  private Map<String, String> block = new LinkedHashMap<>();
  private String name = "";
  private String before = "";
  private final StringBuilder value = new StringBuilder();

  private FieldBlocks(Set<String> openers) {
    this.openers = openers;
  }

  /**
   * The blocks in order, empty ones left out. Field names are lower case, values trimmed to one
   * line; the first of several equal fields of a block wins.
   *
   * @param openers lower-cased field names that begin a new block when they come again, for the
   *     reporters that forget the empty line
   */
  static List<Map<String, String>> parse(String text, Set<String> openers) {
    var blocks = new FieldBlocks(openers);
    int at = 0;
    while (at < text.length() && blocks.blocks.size() < MAX_BLOCKS) {
      int end = at;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      blocks.line(text.substring(at, end));
      at = text.startsWith("\r\n", end) ? end + 2 : end + 1;
    }
    blocks.endBlock();
    return blocks.blocks;
  }

  private void line(String line) {
    int colon = colon(line);
    if (line.isBlank()) {
      endBlock();
    } else if (colon > 0) {
      field(line, colon);
    } else if (line.startsWith("--")) {
      endBlock(); // a delimiter that nothing recognised; what follows is another part
    } else {
      continuation(line.strip());
    }
  }

  private void continuation(String line) {
    int room = MAX_VALUE - value.length();
    if (!name.isEmpty() && room > 1) {
      value.append(' ').append(line, 0, Math.min(line.length(), room - 1));
    }
  }

  /**
   * Index of the colon after a field name, else -1. Names begin with a letter, so that a reply such
   * as {@code 550-5.1.1: no} is none.
   */
  private static int colon(String line) {
    int i = 0;
    while (i < line.length() && i < MAX_NAME && isNameChar(line.charAt(i))) {
      i++;
    }
    int nameEnd = i;
    while (i < line.length() && i < MAX_NAME && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
      i++;
    }
    boolean isName = nameEnd > 0 && !isDigit(line.charAt(0)) && line.charAt(0) != '-';
    return isName && i < line.length() && line.charAt(i) == ':' ? i : -1;
  }

  private static boolean isNameChar(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '-' || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void field(String line, int colon) {
    endField();
    name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    if (openers.contains(name) && block.containsKey(name)) {
      splitBlock();
    }
    value.append(line, colon + 1, Math.min(line.length(), colon + 1 + MAX_VALUE));
  }

  /** An opener right before, such as Original-Recipient, belongs to the new block already. */
  private void splitBlock() {
    String opener = name;
    String moved = openers.contains(before) && block.size() > 1 ? block.remove(before) : null;
    String movedName = before;
    name = "";
    endBlock();
    if (moved != null) {
      block.put(movedName, moved);
    }
    name = opener;
  }

  private void endField() {
    before = "";
    if (!name.isEmpty() && block.size() < MAX_FIELDS) {
      before = block.putIfAbsent(name, value.toString().strip()) == null ? name : "";
    }
    name = "";
    value.setLength(0);
  }

  private void endBlock() {
    endField();
    if (!block.isEmpty()) {
      blocks.add(block);
      block = new LinkedHashMap<>();
    }
  }
}
