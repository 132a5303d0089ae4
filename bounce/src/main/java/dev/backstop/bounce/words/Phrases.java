package dev.backstop.bounce.words;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Finds many phrases in one pass over a text (Aho and Corasick, 1975): linear in the text however
 * many phrases there are, and no input makes it slower. Immutable.
 *
 * <p>Nearly every character of ordinary text leads to a state near the root. Those states have a
 * row with the next state for each ASCII character; the many states further in, most with one
 * child, have a list of children and the state to go on from when none fits. So a table of a
 * thousand phrases in many scripts stays small enough for the processor's cache.
 */
final class Phrases {
  private static final int ASCII = 128;

  /** States not deeper than this have a row. */
  private static final int ROW_DEPTH = 2;

  /** Told of each phrase that is found: its index and the index after its last character. */
  @FunctionalInterface
  interface Finder {
    void found(int phrase, int end);
  }

  private final int[] failure;
  private final int[] firstChild;
  private final char[] childChars;
  private final int[] childStates;
  private final int[] row;
  private final int[][] rows;

  /** Phrases that end in a state, its suffixes' included; {@code null} for most states. */
  private final int[][] ends;

  /**
   * Compiles the phrases.
   *
   * @param phrases folded as the texts will be; indexes are positions in this list
   */
  Phrases(List<String> phrases) {
    List<Node> nodes = tree(phrases);
    int count = nodes.size();
    failure = new int[count];
    firstChild = new int[count + 1];
    childChars = new char[count];
    childStates = new int[count];
    row = new int[count];
    rows = new int[(int) nodes.stream().filter(n -> n.depth <= ROW_DEPTH).count()][];
    ends = new int[count][];
    int edge = 0;
    for (int state = 0; state < count; state++) {
      firstChild[state] = edge;
      for (var child : nodes.get(state).children.entrySet()) {
        childChars[edge] = child.getKey();
        childStates[edge++] = child.getValue();
      }
    }
    firstChild[count] = edge;
    link(nodes);
  }

  private static final class Node {
    final int depth;
    final TreeMap<Character, Integer> children = new TreeMap<>();
    int[] ends = {};

    Node(int depth) {
      this.depth = depth;
    }
  }

  private static List<Node> tree(List<String> phrases) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node(0));
    for (int phrase = 0; phrase < phrases.size(); phrase++) {
      Node node = nodes.getFirst();
      for (char c : phrases.get(phrase).toCharArray()) {
        Integer next = node.children.get(c);
        if (next == null) {
          next = nodes.size();
          node.children.put(c, next);
          nodes.add(new Node(node.depth + 1));
        }
        node = nodes.get(next);
      }
      node.ends = joined(node.ends, new int[] {phrase});
    }
    return nodes;
  }

  /** Breadth first, so that a state's longest proper suffix is complete before it. */
  private void link(List<Node> nodes) {
    int usedRows = 0;
    var queue = new ArrayDeque<Integer>(List.of(0));
    while (!queue.isEmpty()) {
      int state = queue.remove();
      Node node = nodes.get(state);
      ends[state] = joined(node.ends, ends[failure[state]]);
      for (var child : node.children.entrySet()) {
        failure[child.getValue()] = state == 0 ? 0 : next(failure[state], child.getKey());
        queue.add(child.getValue());
      }
      row[state] = -1;
      if (node.depth <= ROW_DEPTH) {
        int[] asciiRow = new int[ASCII];
        for (char c = 0; c < ASCII; c++) {
          asciiRow[c] = next(state, c);
        }
        rows[usedRows] = asciiRow;
        row[state] = usedRows++;
      }
    }
    for (int state = 0; state < ends.length; state++) {
      ends[state] = ends[state].length == 0 ? null : ends[state];
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

  /** Each occurrence of each phrase, in the order of their ends. */
  void find(String text, Finder finder) {
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int r = row[state];
      state = r >= 0 && c < ASCII ? rows[r][c] : next(state, c);
      int[] here = ends[state];
      if (here != null) {
        for (int phrase : here) {
          finder.found(phrase, i + 1);
        }
      }
    }
  }

  /** The earliest in the list of those that occur in the text, or -1. */
  int first(String text) {
    int[] first = {Integer.MAX_VALUE};
    find(text, (phrase, _) -> first[0] = Math.min(first[0], phrase));
    return first[0] == Integer.MAX_VALUE ? -1 : first[0];
  }

  /** Each step down to a suffix was paid for by a step up before: linear over the whole text. */
  private int next(int from, char c) {
    int state = from;
    while (true) {
      int edge = Arrays.binarySearch(childChars, firstChild[state], firstChild[state + 1], c);
      if (edge >= 0) {
        return childStates[edge];
      }
      if (state == 0) {
        return 0;
      }
      state = failure[state];
    }
  }
}
