package dev.backstop.auth.doctor.blocklist;

import dev.backstop.dns.DnsName;
import java.util.List;
import java.util.Map;

/**
 * A list of addresses in DNS.
 *
 * @param zone below which addresses are asked for
 * @param about who stands on it, to be read after "it lists"
 * @param page for people, where one asks to be taken off; empty when not known
 * @param meanings of the answers 127.0.0.x, by x, to be read after "as"; others have none
 */
public record Blocklist(DnsName zone, String about, String page, Map<Integer, String> meanings) {
  private static final String DIRECT = "an address that should not send mail itself";
  private static final String INFECTED = "infected or misused";

  /** A few that many receivers use, and the one of hosts that answer to forged senders. */
  public static final List<Blocklist> USUAL =
      List.of(
          new Blocklist(
              DnsName.of("zen.spamhaus.org"),
              "spam sources, infected hosts and home lines",
              "https://check.spamhaus.org/",
              Map.of(
                  2, "a spam source",
                  3, "a sender of spam in small doses",
                  4, INFECTED,
                  5, INFECTED,
                  6, INFECTED,
                  7, INFECTED,
                  9, "a network of criminals",
                  10, DIRECT,
                  11, DIRECT)),
          new Blocklist(
              DnsName.of("bl.spamcop.net"),
              "hosts of which people reported spam",
              "https://www.spamcop.net/bl.shtml",
              Map.of()),
          new Blocklist(
              DnsName.of("psbl.surriel.com"),
              "hosts that sent to spam traps",
              "https://psbl.org/",
              Map.of()),
          new Blocklist(
              DnsName.of("ips.backscatterer.org"),
              "hosts that send bounces or call-outs to forged senders",
              "http://www.backscatterer.org/",
              Map.of()));

  public Blocklist {
    meanings = Map.copyOf(meanings);
  }

  /** The list of that zone, with what is known of it. */
  public static Blocklist of(DnsName zone) {
    return USUAL.stream()
        .filter(list -> list.zone().equals(zone))
        .findFirst()
        .orElse(new Blocklist(zone, "", "", Map.of()));
  }
}
