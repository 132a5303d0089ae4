package dev.backstop.bounce.words;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The signs that one place of a message shows, with the words that showed each. */
@SuppressWarnings("EnumOrdinal") // small arrays by sign: four of these are made for each message
public final class Signs {
  public static final Signs NONE = new Signs();

  private static final int KINDS = Sign.values().length;

  /** By the ordinal of the sign: a set bit where it was found, and where with sure words. */
  private int found;

  private int sure;

  private String @Nullable [] words;
  private int @Nullable [] ends;
  private @Nullable String family;
  private int familyRank = Integer.MAX_VALUE;

  Signs() {}

  /** The first words for a sign are kept, but sure ones replace others. */
  void add(Entry entry, int rank, int end) {
    int sign = entry.sign().ordinal();
    int bit = 1 << sign;
    String[] all = words == null ? new String[KINDS] : words;
    words = all;
    if ((found & bit) == 0 || (entry.sure() && (sure & bit) == 0)) {
      all[sign] = entry.words();
    }
    found |= bit;
    earlier(sign, end);
    if (entry.sure()) {
      sure |= bit;
      earlier(KINDS + sign, end);
    }
    if (entry.family() != null && rank < familyRank) {
      family = entry.family();
      familyRank = rank;
    }
  }

  private void earlier(int index, int end) {
    int[] all = ends;
    if (all == null) {
      all = new int[2 * KINDS];
      Arrays.fill(all, Integer.MAX_VALUE);
      ends = all;
    }
    all[index] = Math.min(all[index], end);
  }

  public boolean has(Sign sign) {
    return (found & (1 << sign.ordinal())) != 0;
  }

  /** True for words that only a program writes. */
  public boolean isSure(Sign sign) {
    return (sure & (1 << sign.ordinal())) != 0;
  }

  /** True when there are words that only a program writes. */
  public boolean isAnySure() {
    return sure != 0;
  }

  /** How far into the text the first words for a sign end; a large number without any. */
  public int startsWithin(Sign sign) {
    return ends == null ? Integer.MAX_VALUE : ends[sign.ordinal()];
  }

  /** The same of words that only a program writes. */
  public int sureWithin(Sign sign) {
    return ends == null ? Integer.MAX_VALUE : ends[KINDS + sign.ordinal()];
  }

  /** The words for a sign, folded; empty when it is not there. */
  public String words(Sign sign) {
    return words == null || !has(sign) ? "" : words[sign.ordinal()];
  }

  /** True when there is this sign and no other. */
  public boolean isOnly(Sign sign) {
    return found == 1 << sign.ordinal();
  }

  public boolean isEmpty() {
    return found == 0;
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
