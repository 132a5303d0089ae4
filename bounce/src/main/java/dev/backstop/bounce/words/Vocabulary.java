package dev.backstop.bounce.words;

import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.HeaderField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All words that are signs of automatic mail, by the place where they stand: {@code families.txt}
 * and a file a language. Immutable; {@link #DEFAULT} is loaded once.
 *
 * <p>Texts must come folded ({@link Fold}).
 */
public final class Vocabulary {
  private static final List<String> LANGUAGES =
      List.of(
          "english",
          "german",
          "french",
          "spanish",
          "portuguese",
          "italian",
          "dutch",
          "swedish",
          "danish",
          "norwegian",
          "finnish",
          "polish",
          "czech",
          "russian",
          "turkish",
          "japanese",
          "chinese",
          "korean");

  public static final Vocabulary DEFAULT = new Vocabulary(entries());

  /** Words in the value of a field; any value when they are missing. */
  private record FieldWords(int index, @Nullable String value) {}

  private final List<Entry> entries;
  private final Software software;
  private final Matcher names;
  private final Matcher subjects;
  private final Matcher texts;
  private final Map<String, List<FieldWords>> fields = new HashMap<>();
  private final Set<String> daemons = new HashSet<>();

  /** A vocabulary of these rows; the earlier is the more telling. */
  Vocabulary(List<Entry> entries) {
    this.entries = entries;
    software = new Software(entries);
    names = new Matcher(e -> e.place() == Place.NAME);
    subjects = new Matcher(e -> e.place() == Place.SUBJECT || e.place() == Place.OPENING);
    texts = new Matcher(e -> e.place() == Place.TEXT);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.place() == Place.FIELD && entry.sign() != Sign.SOFTWARE) {
        String name = entry.fieldName();
        fields
            .computeIfAbsent(name, _ -> new ArrayList<>())
            .add(new FieldWords(i, entry.fieldValue()));
      } else if (entry.place() == Place.LOCAL_PART) {
        daemons.add(entry.words());
      }
    }
  }

  /** The rows of all tables, families first. */
  static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    Table.read("families.txt", 5).forEach(row -> entries.add(Entry.ofFamily(row)));
    for (String language : LANGUAGES) {
      Table.read(language + ".txt", 3).forEach(row -> entries.add(Entry.general(row)));
    }
    return List.copyOf(entries);
  }

  /** What names the program that wrote a message. */
  public Software software() {
    return software;
  }

  /** In the display name of From. */
  public Signs name(String folded) {
    return names.in(folded);
  }

  /** In the Subject. */
  public Signs subject(String folded) {
    return subjects.in(folded);
  }

  /** In the beginning of the text. */
  public Signs text(String folded) {
    return texts.in(folded);
  }

  /**
   * The words of that sign in a text and what follows them.
   *
   * @return index after the first occurrence, or -1
   */
  public int after(Sign sign, String folded) {
    int[] first = {-1};
    texts.phrases.find(
        folded,
        (phrase, end) -> {
          if (first[0] < 0 && entries.get(texts.indexes[phrase]).sign() == sign) {
            first[0] = end;
          }
        });
    return first[0];
  }

  /** In the names and values of header fields. */
  public Signs fields(Header header) {
    var result = new Collector();
    for (HeaderField field : header.fields()) {
      List<FieldWords> candidates = fields.get(field.name().toLowerCase(Locale.ROOT));
      if (candidates != null) {
        String value = Fold.line(field.text());
        for (FieldWords candidate : candidates) {
          if (candidate.value == null || value.contains(candidate.value)) {
            result.add(candidate.index, 0);
          }
        }
      }
    }
    return result.signs;
  }

  /** True for the local part of a mail system, lower case. */
  public boolean isDaemon(String localPart) {
    return daemons.contains(localPart);
  }

  /** The entries of one place and what finds them. */
  private final class Matcher {
    private final int[] indexes;
    private final Phrases phrases;

    Matcher(Predicate<Entry> filter) {
      List<String> words = new ArrayList<>();
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < entries.size(); i++) {
        if (filter.test(entries.get(i))) {
          numbers.add(i);
          words.add(entries.get(i).words());
        }
      }
      indexes = numbers.stream().mapToInt(Integer::intValue).toArray();
      phrases = new Phrases(words);
    }

    Signs in(String folded) {
      var result = new Collector();
      phrases.find(
          folded,
          (phrase, end) -> {
            Entry entry = entries.get(indexes[phrase]);
            if (entry.place() != Place.OPENING || end == entry.words().length()) {
              result.add(indexes[phrase], end);
            }
          });
      return result.signs;
    }
  }

  private final class Collector {
    private Signs signs = Signs.NONE;

    void add(int index, int end) {
      signs = signs == Signs.NONE ? new Signs() : signs;
      signs.add(entries.get(index), index, end);
    }
  }
}
