package dev.backstop.server.attacks;

import dev.backstop.store.UsualRow;
import java.util.List;
import java.util.Locale;

/** What is usual, as the store keeps it. */
final class UsualRows {
  private UsualRows() {}

  static List<UsualRow> of(List<Usual> usual) {
    return usual.stream()
        .map(each ->
            new UsualRow(
                each.scope().toString(),
                each.hash(),
                each.burst(),
                each.hour(),
                each.onceBurst(),
                each.onceHour(),
                each.once(),
                each.seen(),
                each.known()))
        .toList();
  }

  static List<Usual> read(List<UsualRow> rows) {
    return rows.stream()
        .map(row ->
            new Usual(
                Scope.valueOf(row.scope().toUpperCase(Locale.ROOT)),
                row.hash(),
                (float) row.burst(),
                (float) row.hour(),
                (float) row.onceBurst(),
                (float) row.onceHour(),
                row.once(),
                row.seen(),
                row.known()))
        .toList();
  }
}
