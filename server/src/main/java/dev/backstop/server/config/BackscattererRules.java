package dev.backstop.server.config;

import dev.backstop.dns.DnsName;
import java.time.Duration;
import java.util.List;

/**
 * Which reporting hosts count as backscatterers.
 *
 * @param lists lists in DNS that are asked too; none unless somebody wants it: each question tells
 *     a stranger who writes to us, and most lists have terms of use that only the owner of a server
 *     can agree to
 * @param halfLife time after which what a host sent counts half
 * @param least false answers, as they still count, from which a host is listed; 1 or more
 * @param share of the false ones among all its answers that could be judged from which a host is
 *     listed, in percent, 51 to 100
 * @param timeLimit for all lists together and one message
 */
public record BackscattererRules(
    List<DnsName> lists, Duration halfLife, int least, int share, Duration timeLimit) {
  public static final BackscattererRules DEFAULT =
      new BackscattererRules(List.of(), Duration.ofDays(7), 5, 90, Duration.ofSeconds(5));

  /** Each costs a question for each bounce; the test addresses of each cost some more. */
  private static final int MOST_LISTS = 8;

  public BackscattererRules {
    lists = List.copyOf(lists);
  }

  /** The same with another number of false answers. */
  public BackscattererRules withLeast(int other) {
    return new BackscattererRules(lists, halfLife, other, share, timeLimit);
  }

  static BackscattererRules read(Section section) {
    BackscattererRules rules =
        new BackscattererRules(
            section.list(
                "lists",
                DEFAULT.lists(),
                "[\"ips.backscatterer.org\"]",
                text -> DnsName.of(DomainName.parse(text))),
            section.duration(
                "half-life", DEFAULT.halfLife(), Duration.ofHours(1), Duration.ofDays(90)),
            section.number("least", DEFAULT.least(), 1, 1_000_000),
            section.number("share", DEFAULT.share(), 51, 100),
            section.duration(
                "time-limit", DEFAULT.timeLimit(), Duration.ofSeconds(1), Duration.ofSeconds(30)));
    section.refuseOthers();
    if (rules.lists().size() > MOST_LISTS) {
      section.refuse("backscatterers.lists", null, "has more than " + MOST_LISTS + " lists");
    }
    return rules;
  }
}
