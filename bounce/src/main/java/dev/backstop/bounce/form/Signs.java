package dev.backstop.bounce.form;

import java.util.EnumMap;
import java.util.EnumSet;

/** The signs that one place of a message shows, with the words that showed each. */
final class Signs {
  static final Signs NONE = new Signs();

  private final EnumMap<Sign, String> words = new EnumMap<>(Sign.class);
  private final EnumSet<Sign> sure = EnumSet.noneOf(Sign.class);

  /** The first words for a sign are kept, but sure ones replace others. */
  void add(Sign sign, String found, boolean isSure) {
    if (!words.containsKey(sign) || (isSure && !sure.contains(sign))) {
      words.put(sign, found);
      if (isSure) {
        sure.add(sign);
      }
    }
  }

  boolean has(Sign sign) {
    return words.containsKey(sign);
  }

  /** True for words that only a program writes. */
  boolean isSure(Sign sign) {
    return sure.contains(sign);
  }

  /** The words for a sign that is there. */
  String words(Sign sign) {
    return words.getOrDefault(sign, "");
  }

  boolean isEmpty() {
    return words.isEmpty();
  }
}
