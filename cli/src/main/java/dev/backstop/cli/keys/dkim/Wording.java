package dev.backstop.cli.keys.dkim;

import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** How states and numbers are told to people. */
final class Wording {
  private static final int MAX_TOLD = 500;

  private Wording() {}

  static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** What a key does, and what has to be done about it. */
  static String state(DkimKey key, Instant now) {
    return switch (key.state()) {
      case DkimState.New _ -> "new, does not sign yet";
      case DkimState.Signing signing -> "signs since " + day(signing.since());
      case DkimState.External _ -> "external: another program signs with it";
      case DkimState.Retired retired -> "retired " + day(retired.at()) + recordOf(key, now);
    };
  }

  private static String recordOf(DkimKey key, Instant now) {
    return key.recordNeededUntil()
        .filter(now::isBefore)
        .map(end -> "; its record must stay in DNS until " + day(end))
        .orElse("");
  }

  /** A text with names from files, which shall not steer a terminal. */
  static String printable(String text) {
    String start = text.length() > MAX_TOLD ? text.substring(0, MAX_TOLD) + "…" : text;
    return start.replaceAll("\\p{Cntrl}", "?");
  }

  /** {@code 1 key}, {@code 3 keys}. */
  static String keys(int number) {
    return number + (number == 1 ? " key" : " keys");
  }
}
