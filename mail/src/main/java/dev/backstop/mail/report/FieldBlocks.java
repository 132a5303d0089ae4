package dev.backstop.mail.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Groups of header fields with empty lines between them, the shape of all reports (RFC 3464 §2.1).
 * Lines may end in CRLF, LF or CR; folded lines are joined; lines that are no field are skipped.
 */
final class FieldBlocks {
  private static final int MAX_BLOCKS = 1000;
  private static final int MAX_FIELDS = 100;
  private static final int MAX_VALUE = 4000;

  private final List<Map<String, String>> blocks = new ArrayList<>();
  private Map<String, String> block = new LinkedHashMap<>();
  private String name = "";
  private final StringBuilder value = new StringBuilder();

  private FieldBlocks() {}

  /**
   * The blocks in order, empty ones left out. Field names are lower case, values trimmed to one
   * line.
   *
   * @param opener a lower-cased field name that begins a new block even without an empty line, for
   *     the reporters that forget it; also the first of several equal fields wins
   */
  static List<Map<String, String>> parse(String text, String opener) {
    var blocks = new FieldBlocks();
    text.lines()
        .takeWhile(_ -> blocks.blocks.size() < MAX_BLOCKS)
        .forEach(l -> blocks.line(l, opener));
    blocks.endBlock();
    return blocks.blocks;
  }

  private void line(String line, String opener) {
    if (line.isBlank()) {
      endBlock();
    } else if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
      continuation(line.strip());
    } else {
      field(line, opener);
    }
  }

  private void continuation(String line) {
    if (!name.isEmpty() && value.length() < MAX_VALUE) {
      value.append(' ').append(line);
    }
  }

  private void field(String line, String opener) {
    endField();
    int colon = line.indexOf(':');
    if (colon <= 0 || colon > 60) {
      return;
    }
    String field = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    if (field.equals(opener) && block.containsKey(opener)) {
      endBlock();
    }
    name = field;
    value.append(line, colon + 1, Math.min(line.length(), colon + 1 + MAX_VALUE));
  }

  private void endField() {
    if (!name.isEmpty() && block.size() < MAX_FIELDS) {
      block.putIfAbsent(name, value.toString().strip());
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
