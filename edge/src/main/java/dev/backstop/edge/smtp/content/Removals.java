package dev.backstop.edge.smtp.content;

import dev.backstop.edge.Action.Edit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which fields go; asked once for each field, top first. */
final class Removals {
  private final Set<Field> removed = new HashSet<>();
  private final Map<String, Integer> seen = new HashMap<>();

  private record Field(String name, int occurrence) {}

  Removals(List<Edit> edits) {
    for (Edit edit : edits) {
      if (edit instanceof Edit.RemoveHeader remove) {
        removed.add(new Field(remove.name().toLowerCase(Locale.ROOT), remove.occurrence()));
      }
    }
  }

  boolean isEmpty() {
    return removed.isEmpty();
  }

  /** Whether the next field, of that name, goes. */
  boolean removes(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    int occurrence = seen.merge(folded, 1, Integer::sum);
    return removed.contains(new Field(folded, occurrence));
  }
}
