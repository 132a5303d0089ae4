package dev.backstop.auth.doctor.host;

import dev.backstop.auth.doctor.ask.HostAddresses;
import dev.backstop.auth.doctor.ask.SpecialAddress;
import dev.backstop.auth.doctor.mx.MxFacts;
import dev.backstop.auth.doctor.spf.SpfNode;
import dev.backstop.auth.doctor.spf.SpfSenders;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hosts of a domain: its mail exchangers, and the single hosts that its SPF record names. Those
 * that the world cannot reach are left out.
 *
 * @param hosts the first {@value #MAX_HOSTS}
 * @param count of all
 */
public record MailHosts(List<MailHost> hosts, int count) {
  /** Hosts that are looked at. */
  public static final int MAX_HOSTS = 20;

  public MailHosts {
    hosts = List.copyOf(hosts);
  }

  /** Asks nobody. */
  public static MailHosts of(MxFacts mx, SpfNode spf) {
    Map<InetAddress, MailHost> hosts = new LinkedHashMap<>();
    for (HostAddresses receiver : mx.receivers()) {
      receiver
          .addresses()
          .forEach(each -> add(hosts, new MailHost(each, Optional.of(receiver.name()), false)));
    }
    SpfSenders.of(spf).forEach(each -> add(hosts, new MailHost(each.address(), each.name(), true)));
    List<MailHost> first = hosts.values().stream().limit(MAX_HOSTS).toList();
    return new MailHosts(first, hosts.size());
  }

  private static void add(Map<InetAddress, MailHost> hosts, MailHost host) {
    if (SpecialAddress.kind(host.address()).isEmpty()) {
      hosts.merge(host.address(), host, MailHost::and);
    }
  }
}
