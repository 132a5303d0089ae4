package dev.backstop.bounce.form;

import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.HeaderField;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words of {@code wording.txt}, by the place where they stand. Loaded once; thread-safe.
 *
 * <p>All texts must come folded: lower case, runs of blanks as one blank ({@link Folded}).
 */
final class Wording {
  private static final List<String[]> ROWS = Table.read("wording.txt", 3);

  static final Wording NAME = new Wording("name");
  static final Wording SUBJECT = new Wording("subject");
  static final Wording TEXT = new Wording("text");
  private static final Wording OPENING = new Wording("opening");
  private static final Map<String, List<FieldWords>> FIELDS = fields(false);
  private static final Map<String, List<FieldWords>> HUMAN_FIELDS = fields(true);
  private static final Map<String, String> LOCAL_PARTS = localParts();

  private record FieldWords(Sign sign, boolean sure, @Nullable String value, String all) {}

  private final List<Sign> signs = new ArrayList<>();
  private final List<Boolean> sure = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private final Phrases phrases;

  private Wording(String where) {
    for (String[] row : ROWS) {
      if (row[0].equals(where)) {
        signs.add(sign(row));
        sure.add(isSure(row));
        words.add(row[2]);
      }
    }
    phrases = new Phrases(words);
  }

  private static Sign sign(String[] row) {
    return Sign.named(row[1].replace("!", ""));
  }

  private static boolean isSure(String[] row) {
    return row[1].endsWith("!");
  }

  /** The signs anywhere in a text. */
  Signs in(CharSequence folded) {
    BitSet found = phrases.all(folded);
    if (found.isEmpty()) {
      return Signs.NONE;
    }
    var result = new Signs();
    for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
      result.add(signs.get(i), words.get(i), sure.get(i));
    }
    return result;
  }

  /** The signs with which a subject begins. */
  static Signs opening(String folded) {
    Signs result = Signs.NONE;
    for (int i = 0; i < OPENING.words.size(); i++) {
      if (folded.startsWith(OPENING.words.get(i))) {
        result = result == Signs.NONE ? new Signs() : result;
        result.add(OPENING.signs.get(i), OPENING.words.get(i), OPENING.sure.get(i));
      }
    }
    return result;
  }

  /** The signs of automatic mail in the names and values of header fields. */
  static Signs fields(Header header) {
    return in(header, FIELDS);
  }

  /** True when a program wrote it that people write with. */
  static boolean isHuman(Header header) {
    return !in(header, HUMAN_FIELDS).isEmpty();
  }

  private static Signs in(Header header, Map<String, List<FieldWords>> fields) {
    Signs result = Signs.NONE;
    for (HeaderField field : header.fields()) {
      List<FieldWords> candidates = fields.get(field.name().toLowerCase(Locale.ROOT));
      if (candidates == null) {
        continue;
      }
      String value = field.text().toLowerCase(Locale.ROOT);
      for (FieldWords candidate : candidates) {
        if (candidate.value == null || value.contains(candidate.value)) {
          result = result == Signs.NONE ? new Signs() : result;
          result.add(candidate.sign, candidate.all, candidate.sure);
        }
      }
    }
    return result;
  }

  /** True for the local part of a mail system, lower case. */
  static boolean isDaemon(String localPart) {
    return LOCAL_PARTS.containsKey(localPart);
  }

  private static Map<String, List<FieldWords>> fields(boolean human) {
    Map<String, List<FieldWords>> fields = new HashMap<>();
    for (String[] row : ROWS) {
      if (row[0].equals("field") && (sign(row) == Sign.HUMAN) == human) {
        int colon = row[2].indexOf(':');
        String name = colon < 0 ? row[2] : row[2].substring(0, colon);
        String value = colon < 0 ? null : row[2].substring(colon + 1).strip();
        fields
            .computeIfAbsent(name, _ -> new ArrayList<>())
            .add(new FieldWords(sign(row), isSure(row), value, row[2]));
      }
    }
    return fields;
  }

  private static Map<String, String> localParts() {
    Map<String, String> parts = new HashMap<>();
    for (String[] row : ROWS) {
      if (row[0].equals("local-part")) {
        parts.put(row[2], row[1]);
      }
    }
    return parts;
  }
}
