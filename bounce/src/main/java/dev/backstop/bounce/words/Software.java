package dev.backstop.bounce.words;

import dev.backstop.mail.message.HeaderField;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which program or service wrote a message: the earliest row of {@code families.txt} that fits.
 * Immutable.
 */
public final class Software {
  private record Mark(int rank, String family, String words) {}

  private record FieldMark(Mark mark, @Nullable String value) {}

  private final List<Entry> entries;
  private final BitSet ignored;
  private final Map<String, List<FieldMark>> fields = new HashMap<>();
  private final List<Mark> prefixes = new ArrayList<>();
  private final List<Mark> senders = new ArrayList<>();
  private final List<Mark> hosts = new ArrayList<>();
  private final List<Mark> reportFields = new ArrayList<>();

  Software(List<Entry> entries) {
    this(entries, new BitSet());
  }

  private Software(List<Entry> entries, BitSet ignored) {
    this.entries = entries;
    this.ignored = ignored;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.family() != null && !ignored.get(i)) {
        add(entry, new Mark(i, entry.family(), entry.words()));
      }
    }
  }

  Software without(BitSet rows) {
    return new Software(entries, rows);
  }

  private void add(Entry entry, Mark mark) {
    switch (entry.place()) {
      case FIELD -> addField(entry, mark);
      case FROM -> senders.add(mark);
      case MTA -> hosts.add(mark);
      case REPORT -> reportFields.add(mark);
      case LOCAL_PART, NAME, SUBJECT, OPENING, TEXT -> {} // found with the signs
    }
  }

  private void addField(Entry entry, Mark mark) {
    String name = entry.fieldName();
    if (name.endsWith("*")) {
      prefixes.add(new Mark(mark.rank, mark.family, name.substring(0, name.length() - 1)));
    } else {
      fields
          .computeIfAbsent(name, _ -> new ArrayList<>())
          .add(new FieldMark(mark, entry.fieldValue()));
    }
  }

  /** Gathers what different places say; not thread-safe. */
  public final class Search {
    private @Nullable String family;
    private int rank = Integer.MAX_VALUE;

    private Search() {}

    /** Of words that were found already. */
    public Search signs(Signs signs) {
      if (signs.familyRank() < rank) {
        family = signs.family();
        rank = signs.familyRank();
      }
      return this;
    }

    /**
     * Of header fields. Of several Received fields the last counts: it is the reporter's own, those
     * above are of servers on the way.
     *
     * @param names lower case, of the same fields
     * @param bounce true when the mail server itself is the program: others only hand it their mail
     */
    public Search header(List<HeaderField> header, List<String> names, boolean bounce) {
      HeaderField received = null;
      for (int i = 0; i < header.size(); i++) {
        HeaderField field = header.get(i);
        String name = names.get(i);
        if (name.equals("received")) {
          received = field;
        } else {
          field(name, field);
        }
      }
      if (bounce && received != null) {
        value("received", received.text());
      }
      return this;
    }

    private void field(String name, HeaderField field) {
      if (fields.containsKey(name)) {
        value(name, field.text());
      }
      for (Mark mark : prefixes) {
        if (name.startsWith(mark.words)) {
          take(mark);
        }
      }
    }

    private void value(String name, String text) {
      List<FieldMark> marks = fields.getOrDefault(name, List.of());
      if (marks.isEmpty()) {
        return;
      }
      String folded = Fold.line(text);
      for (FieldMark field : marks) {
        if (field.value == null || folded.contains(field.value)) {
          take(field.mark);
        }
      }
    }

    /** Of the address of From, lower case. */
    public Search sender(String address) {
      return end(senders, address);
    }

    /** Of the reporting host. */
    public Search host(@Nullable String name) {
      return name == null ? this : end(hosts, name.toLowerCase(Locale.ROOT));
    }

    private Search end(List<Mark> marks, String text) {
      for (Mark mark : marks) {
        if (text.endsWith(mark.words)) {
          take(mark);
        }
      }
      return this;
    }

    /** Of the names of the per-message fields of a delivery status, lower case. */
    public Search report(List<String> names) {
      for (Mark mark : reportFields) {
        for (String name : names) {
          if (name.startsWith(mark.words)) {
            take(mark);
          }
        }
      }
      return this;
    }

    private void take(Mark mark) {
      if (mark.rank < rank) {
        family = mark.family;
        rank = mark.rank;
      }
    }

    /** {@code null} when nothing told. */
    public @Nullable String family() {
      return family;
    }
  }

  /** A search that has found nothing yet. */
  public Search search() {
    return new Search();
  }
}
