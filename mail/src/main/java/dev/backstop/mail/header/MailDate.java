package dev.backstop.mail.header;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of a Date field (RFC 5322 §3.3, obsolete forms of §4.3 too), as a stranger wrote it.
 */
public final class MailDate {
  private static final int MAX_LENGTH = 200;

  private static final Pattern FORM =
      Pattern.compile(
          "(?:[A-Za-z]+\\.?,?\\s+)?(\\d{1,2})[\\s-]+([A-Za-z]{3})[a-z]*\\.?[\\s-]+(\\d{2,4})\\s+"
              + "(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2}))?\\s*([+-]\\d{4}|[A-Za-z]+)?.*");

  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  /** RFC 5322 §4.3. Other letters say nothing that can be relied on and count as UTC. */
  private static final Map<String, Integer> ZONES =
      Map.of(
          "EST", -5, "EDT", -4, "CST", -6, "CDT", -5, "MST", -7, "MDT", -6, "PST", -8, "PDT", -7);

  private MailDate() {}

  /** The time; empty when none can be read. Takes time linear in the text, of which 200 count. */
  public static Optional<Instant> parse(String text) {
    String head = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    Matcher date = FORM.matcher(head.strip());
    if (!date.matches()) {
      return Optional.empty();
    }
    int month = MONTHS.indexOf(date.group(2).toLowerCase(Locale.ROOT));
    if (month < 0 || month % 3 != 0) {
      return Optional.empty();
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              year(date.group(3)),
              month / 3 + 1,
              Integer.parseInt(date.group(1)),
              Integer.parseInt(date.group(4)),
              Integer.parseInt(date.group(5)),
              seconds(date.group(6)));
      return Optional.of(local.toInstant(zone(date.group(7))));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** RFC 5322 §4.3: two digits up to 49 are of this century, three count from 1900. */
  private static int year(String digits) {
    int year = Integer.parseInt(digits);
    return digits.length() == 4
        ? year
        : digits.length() == 2 && year < 50 ? 2000 + year : 1900 + year;
  }

  /** A leap second (60) is the second before it. */
  private static int seconds(@Nullable String digits) {
    return digits == null ? 0 : Math.min(59, Integer.parseInt(digits));
  }

  private static ZoneOffset zone(@Nullable String zone) {
    if (zone == null || "+-".indexOf(zone.charAt(0)) < 0) {
      return ZoneOffset.ofHours(
          zone == null ? 0 : ZONES.getOrDefault(zone.toUpperCase(Locale.ROOT), 0));
    }
    int minutes = Integer.parseInt(zone.substring(1, 3)) * 60 + Integer.parseInt(zone.substring(3));
    return ZoneOffset.ofTotalSeconds((zone.charAt(0) == '-' ? -minutes : minutes) * 60);
  }
}
