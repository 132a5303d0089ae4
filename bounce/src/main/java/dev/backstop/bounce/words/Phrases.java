package dev.backstop.bounce.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds many phrases in one pass over a text (Aho and Corasick, 1975): linear in the text however
 * many phrases there are, and no input makes it slower. Immutable.
 *
 * <p>States are numbered by their depth. Nearly every character of ordinary text leads to a state
 * near the root; those have a row with the next state for each ASCII character. The many states
 * further in, most with one child, have a list of children and the state to go on from when none
 * fits. So a table of thousands of phrases in many scripts stays small enough for the processor's
 * cache.
 */
final class Phrases {
  private static final int ASCII = 128;

  /** States not deeper than this have a row. */
  private static final int ROW_DEPTH = 3;

  /** Told of each phrase that is found: its index and the index after its last character. */
  @FunctionalInterface
  interface Finder {
    void found(int phrase, int end);
  }

  /** In {@link #steps}: more than one child, or none. */
  private static final char SEVERAL = 1;

  private static final char NONE = 0;

  /**
   * For each state in one number, so that it is one load: the only character that goes on, the
   * state that it leads to, the state to go on from when it does not come.
   */
  private final long[] steps;

  /** From the root, for every character: texts in other scripts start there all the time. */
  private final char[] fromRoot = new char[1 << 16];

  private final int[] firstChild;
  private final char[] childChars;
  private final int[] childStates;

  /**
   * Rows of the first states, one behind the other, with a column for each class of characters:
   * those that occur in no phrase share column 0, which leads to the root.
   */
  private final int[] rows;

  private final byte[] classes = new byte[ASCII];

  /** A row has two to this power columns. */
  private final int shift;

  /** A bit for each state in which a phrase ends: for most steps the only thing to look at. */
  private final long[] ending;

  private final int rowStates;

  /** Phrases that end in a state, its suffixes' included; {@code null} for most states. */
  private final int[][] ends;

  /**
   * Compiles the phrases.
   *
   * @param phrases folded as the texts will be; indexes are positions in this list
   */
  Phrases(List<String> phrases) {
    List<Node> nodes = byDepth(tree(phrases));
    int count = nodes.size();
    steps = new long[count];
    firstChild = new int[count + 1];
    childChars = new char[count];
    childStates = new int[count];
    ends = new int[count][];
    rowStates = (int) nodes.stream().filter(n -> n.depth <= ROW_DEPTH).count();
    int used = 0;
    for (Node node : nodes) {
      if (node.c < ASCII && node.state != 0 && classes[node.c] == 0) {
        classes[node.c] = (byte) ++used;
      }
    }
    shift = 32 - Integer.numberOfLeadingZeros(used);
    ending = new long[(count >> 6) + 1];
    rows = new int[rowStates << shift];
    int edge = 0;
    for (Node node : nodes) {
      firstChild[node.state] = edge;
      for (Node child : node.children) {
        childChars[edge] = child.c;
        childStates[edge++] = child.state;
      }
    }
    firstChild[count] = edge;
    nodes.getFirst().children.forEach(child -> fromRoot[child.c] = (char) child.state);
    link(nodes);
  }

  private static final class Node {
    final int depth;
    final char c;
    final List<Node> children = new ArrayList<>(1);
    int state;
    int @Nullable [] ends;

    Node(int depth, char c) {
      this.depth = depth;
      this.c = c;
    }
  }

  /** In the order of the characters, so that only the last child can be the one to go on with. */
  private static Node tree(List<String> phrases) {
    Node root = new Node(0, NONE);
    Integer[] sorted = new Integer[phrases.size()];
    Arrays.setAll(sorted, i -> i);
    Arrays.sort(sorted, Comparator.comparing(phrases::get));
    for (int phrase : sorted) {
      Node node = root;
      String words = phrases.get(phrase);
      for (int i = 0; i < words.length(); i++) {
        char c = words.charAt(i);
        if (node.children.isEmpty() || node.children.getLast().c != c) {
          node.children.add(new Node(node.depth + 1, c));
        }
        node = node.children.getLast();
      }
      node.ends = joined(node.ends, new int[] {phrase});
    }
    return root;
  }

  private static List<Node> byDepth(Node root) {
    List<Node> nodes = new ArrayList<>(List.of(root));
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).state = i;
      nodes.addAll(nodes.get(i).children);
    }
    return nodes;
  }

  /** In the order of depth, so that a state's longest proper suffix is complete before it. */
  private void link(List<Node> nodes) {
    int[] failure = new int[nodes.size()];
    for (Node node : nodes) {
      int state = node.state;
      steps[state] = step(node, failure[state]);
      ends[state] = joined(node.ends, state == 0 ? null : ends[failure[state]]);
      if (ends[state] != null) {
        ending[state >> 6] |= 1L << state;
      }
      for (Node child : node.children) {
        failure[child.state] = state == 0 ? 0 : next(failure[state], child.c);
      }
      for (char c = 0; state < rowStates && c < ASCII; c++) {
        if (classes[c] != 0) {
          rows[(state << shift) + classes[c]] = next(state, c);
        }
      }
    }
  }

  private static long step(Node node, int failure) {
    boolean single = node.children.size() == 1;
    char only = single ? node.children.getFirst().c : node.children.isEmpty() ? NONE : SEVERAL;
    int child = single ? node.children.getFirst().state : 0;
    return ((long) only << 48) | ((long) child << 24) | failure;
  }

  private static int @Nullable [] joined(int @Nullable [] some, int @Nullable [] more) {
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
      state = state < rowStates && c < ASCII ? rows[(state << shift) + classes[c]] : next(state, c);
      if ((ending[state >> 6] & (1L << state)) != 0) {
        int[] here = ends[state];
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
      long step = steps[state];
      char only = (char) (step >>> 48);
      if (only == c && state != 0) {
        return (int) (step >>> 24) & 0xFFFFFF;
      }
      if (state == 0) {
        return fromRoot[c];
      }
      if (only == SEVERAL) {
        int edge = child(state, c);
        if (edge >= 0) {
          return childStates[edge];
        }
      }
      state = (int) step & 0xFFFFFF;
      if (state < rowStates && c < ASCII && state < from) {
        return rows[(state << shift) + classes[c]]; // complete: made before this one
      }
    }
  }

  private int child(int state, char c) {
    int first = firstChild[state];
    int end = firstChild[state + 1];
    if (end - first > 8) {
      return Arrays.binarySearch(childChars, first, end, c);
    }
    for (int edge = first; edge < end; edge++) {
      if (childChars[edge] == c) {
        return edge;
      }
    }
    return -1;
  }
}
