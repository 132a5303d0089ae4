package dev.backstop.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Who is asked whether a recipient in a domain of ours exists. Nobody is by default.
 *
 * @param files lists of addresses, in their order; absolute
 * @param subAddress what divides a user from a detail, one character; empty: nothing does
 * @param cache how long it is believed that an address exists
 * @param negativeCache how long it is believed that it does not
 * @param timeLimit for one question, all sources together
 */
public record RecipientRules(
    List<Path> files,
    String subAddress,
    Duration cache,
    Duration negativeCache,
    Duration timeLimit,
    LdapDirectory ldap,
    SqlDirectory sql,
    CallOut callOut) {
  public static final RecipientRules DEFAULT =
      new RecipientRules(
          List.of(),
          "+",
          Duration.ofHours(1),
          Duration.ofMinutes(5),
          Duration.ofSeconds(5),
          LdapDirectory.NONE,
          SqlDirectory.NONE,
          CallOut.NONE);

  private static final int MOST_FILES = 16;

  public RecipientRules {
    files = List.copyOf(files);
  }

  /** Whether anybody is asked. */
  public boolean isOn() {
    return !files.isEmpty() || ldap.isOn() || sql.isOn() || callOut.isOn();
  }

  /**
   * Reads the table.
   *
   * @param path reads a path relative to the file
   */
  static RecipientRules read(Section section, Function<String, Path> path) {
    RecipientRules rules =
        new RecipientRules(
            section.list("files", List.of(), "[\"/etc/backstop/recipients\"]", path),
            section
                .value("sub-address", "\"+\"", RecipientRules::divider)
                .orElse(DEFAULT.subAddress()),
            section.duration("cache", DEFAULT.cache(), Duration.ZERO, Duration.ofDays(7)),
            section.duration(
                "negative-cache", DEFAULT.negativeCache(), Duration.ZERO, Duration.ofDays(1)),
            section.duration(
                "time-limit", DEFAULT.timeLimit(), Duration.ofSeconds(1), Duration.ofMinutes(1)),
            LdapDirectory.read(section.table("ldap"), path),
            SqlDirectory.read(section.table("sql"), path),
            CallOut.read(section.table("call-out")));
    section.refuseOthers();
    if (rules.files().size() > MOST_FILES) {
      section.refuse("recipients.files", null, "has more than " + MOST_FILES + " files");
    }
    return rules;
  }

  /** Letters and digits would cut every address; the rest has a meaning of its own. */
  private static String divider(String text) {
    if (!text.isEmpty() && (text.length() > 1 || "+-_=#~!%&*/".indexOf(text.charAt(0)) < 0)) {
      throw new IllegalArgumentException(
          "must be one character such as + or -, or empty where there are no sub-addresses");
    }
    return text;
  }
}
