package dev.backstop.bounce.words;

import java.util.EnumMap;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** The signs that one place of a message shows, with the words that showed each. */
public final class Signs {
  public static final Signs NONE = new Signs();

  private final EnumMap<Sign, String> words = new EnumMap<>(Sign.class);
  private final EnumMap<Sign, Integer> first = new EnumMap<>(Sign.class);
  private final EnumMap<Sign, Integer> earliest = new EnumMap<>(Sign.class);
  private final EnumSet<Sign> sure = EnumSet.noneOf(Sign.class);
  private @Nullable String family;
  private int familyRank = Integer.MAX_VALUE;

  Signs() {}

  /** The first words for a sign are kept, but sure ones replace others. */
  void add(Entry entry, int rank, int end) {
    Sign sign = entry.sign();
    first.merge(sign, end, Math::min);
    if (entry.sure()) {
      earliest.merge(sign, end, Math::min);
    }
    if (!words.containsKey(sign) || (entry.sure() && !sure.contains(sign))) {
      words.put(sign, entry.words());
      if (entry.sure()) {
        sure.add(sign);
      }
    }
    if (entry.family() != null && rank < familyRank) {
      family = entry.family();
      familyRank = rank;
    }
  }

  public boolean has(Sign sign) {
    return words.containsKey(sign);
  }

  /** True for words that only a program writes. */
  public boolean isSure(Sign sign) {
    return sure.contains(sign);
  }

  /** True when there are words that only a program writes. */
  public boolean isAnySure() {
    return !sure.isEmpty();
  }

  /** How far into the text the first words for a sign end; a large number without any. */
  public int startsWithin(Sign sign) {
    return first.getOrDefault(sign, Integer.MAX_VALUE);
  }

  /** How far into the text the first sure words for a sign end; a large number without any. */
  public int sureWithin(Sign sign) {
    return earliest.getOrDefault(sign, Integer.MAX_VALUE);
  }

  /** The words for a sign, folded; empty when it is not there. */
  public String words(Sign sign) {
    return words.getOrDefault(sign, "");
  }

  /** True when there is this sign and no other. */
  public boolean isOnly(Sign sign) {
    return words.size() == 1 && words.containsKey(sign);
  }

  public boolean isEmpty() {
    return words.isEmpty();
  }

  /** The program that the words belong to, by the earliest row; {@code null} when none does. */
  public @Nullable String family() {
    return family;
  }

  /** Position of that row among all: lower is more telling. */
  public int familyRank() {
    return familyRank;
  }
}
