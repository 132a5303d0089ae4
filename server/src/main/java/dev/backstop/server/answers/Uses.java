package dev.backstop.server.answers;

import java.util.ArrayList;
import java.util.List;

/** The proofs that one answer uses. Belongs to one thread. */
final class Uses {
  private final List<Use> all = new ArrayList<>(2);

  void add(Use use) {
    all.add(use);
  }

  List<Use> all() {
    return List.copyOf(all);
  }
}
