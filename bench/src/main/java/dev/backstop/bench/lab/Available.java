package dev.backstop.bench.lab;

import java.util.ArrayList;
import java.util.List;

/** Which proofs a message of ours left behind. */
record Available(boolean tag, boolean journal, boolean dkim, boolean token) {

  /** All sixteen. */
  static List<Available> all() {
    List<Available> all = new ArrayList<>();
    for (int bits = 0; bits < 16; bits++) {
      all.add(new Available((bits & 8) != 0, (bits & 4) != 0, (bits & 2) != 0, (bits & 1) != 0));
    }
    return all;
  }

  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    if (tag) {
      words.add("tag");
    }
    if (journal) {
      words.add("journal");
    }
    if (dkim) {
      words.add("dkim");
    }
    if (token) {
      words.add("token");
    }
    return words.isEmpty() ? "nothing" : String.join(" ", words);
  }
}
