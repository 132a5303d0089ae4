package dev.backstop.server.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Durations like {@code 30d} and sizes like {@code 256KiB}: one whole number and one unit. */
final class Units {
  /** Largest first. */
  private static final Map<String, Long> SECONDS = new LinkedHashMap<>();

  /** Largest first. */
  private static final Map<String, Long> OCTETS = new LinkedHashMap<>();

  static {
    SECONDS.put("d", 86_400L);
    SECONDS.put("h", 3_600L);
    SECONDS.put("m", 60L);
    SECONDS.put("s", 1L);
    OCTETS.put("MiB", 1024L * 1024);
    OCTETS.put("KiB", 1024L);
    OCTETS.put("B", 1L);
  }

  private Units() {}

  /**
   * @throws IllegalArgumentException with the reason in plain words
   */
  static Duration duration(String text) {
    return Duration.ofSeconds(parse(text, SECONDS, "a whole number and s, m, h or d"));
  }

  /**
   * @return octets
   * @throws IllegalArgumentException with the reason in plain words
   */
  static long size(String text) {
    return parse(text, OCTETS, "a whole number and B, KiB or MiB");
  }

  static String render(Duration duration) {
    return render(duration.toSeconds(), SECONDS, "0s");
  }

  static String renderSize(long octets) {
    return render(octets, OCTETS, "0B");
  }

  private static long parse(String text, Map<String, Long> units, String wanted) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    Long unit = units.get(text.substring(digits).strip());
    if (unit == null || digits == 0 || digits > 9) {
      throw new IllegalArgumentException("must be " + wanted);
    }
    return Long.parseLong(text.substring(0, digits)) * unit;
  }

  private static String render(long value, Map<String, Long> units, String zero) {
    return units.entrySet().stream()
        .filter(unit -> value != 0 && value % unit.getValue() == 0)
        .findFirst()
        .map(unit -> value / unit.getValue() + unit.getKey())
        .orElse(zero);
  }
}
