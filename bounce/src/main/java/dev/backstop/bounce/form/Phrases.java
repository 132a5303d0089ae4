package dev.backstop.bounce.form;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds many phrases in one pass over a text (Aho and Corasick, 1975): linear in the text however
 * many phrases there are, and no input makes it slower. Immutable.
 *
 * <p>The automaton is one table of transitions, a row a state, a column a class of characters.
 * Characters that occur in no phrase share column 0.
 */
final class Phrases {
  private static final int ASCII = 128;

  private final int count;
  private final int[] asciiClass = new int[ASCII];
  private final char[] otherChars;
  private final int classes;
  private final int[] next;

  /** Phrases that end in a state, its suffixes' included; {@code null} for most states. */
  private final int[][] ends;

  Phrases(List<String> phrases) {
    count = phrases.size();
    otherChars = alphabet(phrases);
    classes = 1 + countAscii() + otherChars.length;
    int states = 1 + phrases.stream().mapToInt(String::length).sum();
    next = new int[states * classes];
    ends = new int[states][];
    int used = buildTree(phrases);
    buildFailures(used);
  }

  /** Indexes of all phrases that occur in the text. */
  BitSet all(CharSequence text) {
    var found = new BitSet(count);
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      state = next[state * classes + classOf(text.charAt(i))];
      int[] here = ends[state];
      if (here != null) {
        for (int phrase : here) {
          found.set(phrase);
        }
      }
    }
    return found;
  }

  /** Index of the earliest in the list of those that occur in the text, or -1. */
  int first(CharSequence text) {
    return all(text).nextSetBit(0);
  }

  private char[] alphabet(List<String> phrases) {
    var others = new BitSet();
    var ascii = new BitSet();
    for (String phrase : phrases) {
      phrase.chars().forEach(c -> (c < ASCII ? ascii : others).set(c));
    }
    int number = 1;
    for (int c = ascii.nextSetBit(0); c >= 0; c = ascii.nextSetBit(c + 1)) {
      asciiClass[c] = number++;
    }
    var chars = new char[others.cardinality()];
    int i = 0;
    for (int c = others.nextSetBit(0); c >= 0; c = others.nextSetBit(c + 1)) {
      chars[i++] = (char) c;
    }
    return chars;
  }

  private int countAscii() {
    return Arrays.stream(asciiClass).max().orElse(0);
  }

  private int classOf(char c) {
    if (c < ASCII) {
      return asciiClass[c];
    }
    int i = Arrays.binarySearch(otherChars, c);
    return i < 0 ? 0 : classes - otherChars.length + i;
  }

  private int buildTree(List<String> phrases) {
    int used = 1;
    for (int phrase = 0; phrase < phrases.size(); phrase++) {
      int state = 0;
      for (char c : phrases.get(phrase).toCharArray()) {
        int edge = state * classes + classOf(c);
        if (next[edge] == 0) {
          next[edge] = used++;
        }
        state = next[edge];
      }
      ends[state] = joined(ends[state], new int[] {phrase});
    }
    return used;
  }

  /** Breadth first, so that a state's longest proper suffix is complete before it. */
  private void buildFailures(int used) {
    int[] failure = new int[used];
    var queue = new ArrayDeque<Integer>();
    for (int c = 0; c < classes; c++) {
      if (next[c] != 0) {
        queue.add(next[c]);
      }
    }
    while (!queue.isEmpty()) {
      int state = queue.remove();
      ends[state] = joined(ends[state], ends[failure[state]]);
      for (int c = 0; c < classes; c++) {
        int child = next[state * classes + c];
        int fallback = next[failure[state] * classes + c];
        if (child == 0) {
          next[state * classes + c] = fallback;
        } else {
          failure[child] = fallback;
          queue.add(child);
        }
      }
    }
  }

  private static int[] joined(int[] some, int[] more) {
    if (some == null || more == null) {
      return some == null ? more : some;
    }
    int[] both = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, both, some.length, more.length);
    return both;
  }
}
