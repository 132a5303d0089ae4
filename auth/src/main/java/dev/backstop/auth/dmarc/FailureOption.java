package dev.backstop.auth.dmarc;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** For which messages a failure report is asked: the tag {@code fo} (RFC 9989 §4.7). */
public enum FailureOption {
  /** Nothing aligned passed. */
  ALL_FAILED('0'),
  /** Something did not pass aligned. */
  ANY_FAILED('1'),
  /** A DKIM signature failed, aligned or not. */
  DKIM_FAILED('d'),
  /** SPF failed, aligned or not. */
  SPF_FAILED('s');

  private final char letter;

  FailureOption(char letter) {
    this.letter = letter;
  }

  /** Empty when the list is not in the grammar (RFC 9989 §4.8): unknown, repeated, or 0 and 1. */
  static Optional<Set<FailureOption>> parse(String text) {
    Set<FailureOption> options = EnumSet.noneOf(FailureOption.class);
    for (int at = 0; at <= text.length(); at += 2) {
      boolean separated = at == 0 || text.charAt(at - 1) == ':';
      if (!separated || at == text.length() || !add(text.charAt(at), options)) {
        return Optional.empty();
      }
      if (at + 1 == text.length()) {
        break;
      }
    }
    return contradict(options) ? Optional.empty() : Optional.of(options);
  }

  private static boolean add(char letter, Set<FailureOption> options) {
    for (FailureOption option : values()) {
      if (option.letter == Character.toLowerCase(letter)) {
        return options.add(option);
      }
    }
    return false;
  }

  static boolean contradict(Set<FailureOption> options) {
    return options.contains(ALL_FAILED) && options.contains(ANY_FAILED);
  }

  static String render(Set<FailureOption> options) {
    return options.stream()
        .sorted()
        .map(option -> String.valueOf(option.letter))
        .collect(Collectors.joining(":"));
  }
}
