package dev.backstop.bounce.form;

import java.util.ArrayList;
import java.util.List;

/** Points for one form and the marks that gave them. Not thread-safe. */
final class Weight {
  private final List<String> marks = new ArrayList<>();
  private int points;

  void add(int more, String mark) {
    points += more;
    marks.add(mark);
  }

  /** Points that a person need not see: what speaks against the form, or only a little for it. */
  void add(int more) {
    points += more;
  }

  int points() {
    return points;
  }

  List<String> marks() {
    return List.copyOf(marks);
  }
}
