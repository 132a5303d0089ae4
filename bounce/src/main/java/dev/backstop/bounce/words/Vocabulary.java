package dev.backstop.bounce.words;

import dev.backstop.mail.message.HeaderField;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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
  private final BitSet ignored;
  private final Software software;
  private final Matcher names;
  private final Matcher subjects;
  private final Matcher texts;
  private final Map<String, List<FieldWords>> fields;
  private final Set<String> daemons;
  private final List<Entry> daemonAddresses;

  /** A vocabulary of these rows; the earlier is the more telling. */
  Vocabulary(List<Entry> entries) {
    this.entries = entries;
    ignored = new BitSet();
    software = new Software(entries);
    fields = new HashMap<>();
    daemons = new HashSet<>();
    daemonAddresses =
        entries.stream().filter(e -> e.place() == Place.FROM && e.sign() == Sign.DAEMON).toList();
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

  private Vocabulary(Vocabulary all, BitSet ignored) {
    this.entries = all.entries;
    this.ignored = ignored;
    software = all.software.without(ignored);
    names = all.names;
    subjects = all.subjects;
    texts = all.texts;
    fields = all.fields;
    daemons = all.daemons;
    daemonAddresses = all.daemonAddresses;
  }

  /**
   * The same without some rows, to see what they are needed for. Rows of {@code local-part} stay.
   *
   * @param rows indexes in the list of all rows
   */
  public Vocabulary without(Collection<Integer> rows) {
    var bits = new BitSet();
    rows.forEach(bits::set);
    return new Vocabulary(this, bits);
  }

  /**
   * The rows that name a family: its name and the golden message that needs the row, by the index
   * of the row.
   */
  public Map<Integer, List<String>> families() {
    Map<Integer, List<String>> families = new LinkedHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.family() != null && entry.test() != null) {
        families.put(i, List.of(entry.family(), entry.test(), entry.words()));
      }
    }
    return families;
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
    return names.in(folded, new Collector());
  }

  /** In the Subject. */
  public Signs subject(String folded) {
    return subjects.in(folded, new Collector());
  }

  /** In the beginning of the text. */
  public Signs text(String folded) {
    return texts.in(folded, new Collector());
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

  /** Looks for signs in header fields, one after the other. */
  public Fields fields() {
    return new Fields();
  }

  /** The signs in the names and values of the fields shown to it. Not thread-safe. */
  public final class Fields {
    private final Collector result = new Collector();

    private Fields() {}

    /**
     * Looks at one field.
     *
     * @param name lower case
     */
    public void look(String name, HeaderField field) {
      List<FieldWords> candidates = fields.get(name);
      if (candidates != null) {
        String value = Fold.line(field.text());
        for (FieldWords candidate : candidates) {
          if (candidate.value == null || value.contains(candidate.value)) {
            result.add(candidate.index, 0);
          }
        }
      }
    }

    /** What was found so far. */
    public Signs found() {
      return result.signs;
    }
  }

  /** True for the address of a mail system with a local part of its own, lower case. */
  public boolean isDaemonAddress(String address) {
    for (Entry entry : daemonAddresses) {
      if (address.endsWith(entry.words()) && !ignored.get(entries.indexOf(entry))) {
        return true;
      }
    }
    return false;
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

    Signs in(String folded, Collector result) {
      phrases.find(
          folded,
          (phrase, end) -> {
            Entry entry = entries.get(indexes[phrase]);
            if (entry.place() != Place.OPENING || begins(folded, end - entry.words().length())) {
              result.add(indexes[phrase], end);
            }
          });
      return result.signs;
    }
  }

  /** At the beginning, or behind a bracket there. */
  private static boolean begins(String folded, int start) {
    return start == 0 || (start == 1 && "[(<*".indexOf(folded.charAt(0)) >= 0);
  }

  private final class Collector {
    private Signs signs = Signs.NONE;

    void add(int index, int end) {
      if (ignored.get(index)) {
        return;
      }
      signs = signs == Signs.NONE ? new Signs() : signs;
      signs.add(entries.get(index), index, end);
    }
  }
}
