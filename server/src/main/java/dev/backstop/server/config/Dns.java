package dev.backstop.server.config;

import java.time.Duration;
import java.util.List;

/**
 * Whom to ask for names.
 *
 * @param servers tried in this order; none: those of the system
 * @param timeout of one try with one server
 */
public record Dns(List<NameServer> servers, Duration timeout) {
  static final Dns DEFAULT = new Dns(List.of(), Duration.ofSeconds(2));

  public Dns {
    servers = List.copyOf(servers);
  }

  static Dns read(Section section) {
    Dns dns =
        new Dns(
            section.list(
                "servers", DEFAULT.servers(), "[\"127.0.0.1\", \"[::1]:53\"]", NameServer::parse),
            section.duration(
                "timeout", DEFAULT.timeout(), Duration.ofSeconds(1), Duration.ofSeconds(30)));
    section.refuseOthers();
    return dns;
  }
}
