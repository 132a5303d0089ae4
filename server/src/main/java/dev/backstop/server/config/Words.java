package dev.backstop.server.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Enum constants as the file writes them: lower case, words joined by hyphens. */
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws IllegalArgumentException naming the words that are allowed
   */
  static <E extends Enum<E>> E parse(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (of(constant).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("must be one of " + listed(type));
  }

  private static <E extends Enum<E>> String listed(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> "\"" + of(constant) + "\"")
        .collect(Collectors.joining(", "));
  }
}
