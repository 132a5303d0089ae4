package dev.backstop.server.metrics;

import dev.backstop.server.backscatterers.Backscatterers;
import dev.backstop.server.backscatterers.DnsLists;
import dev.backstop.server.backscatterers.DnsResult;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Shows what is counted of reporting hosts, read at the moment of the question. */
public final class BackscattererMetrics {
  private BackscattererMetrics() {}

  /** Registers the gauges of our own list and the counters of lists in DNS. */
  public static void register(
      PrometheusRegistry registry, Backscatterers own, DnsLists.Counters dns) {
    GaugeWithCallback.builder()
        .name("backstop_backscatterers_known")
        .help("Hosts whose automatic mail could be judged")
        .callback(each -> each.call(own.known()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("backstop_backscatterers_listed")
        .help("Hosts that count as backscatterers")
        .callback(each -> each.call((double) own.listedHosts()))
        .register(registry);
    CounterWithCallback.builder()
        .name("backstop_dnslist_lookups_total")
        .help("Look-ups of reporting hosts in lists in DNS, by result")
        .labelNames("result")
        .callback(each -> {
          for (DnsResult result : DnsResult.values()) {
            each.call((double) dns.count(result), result.toString());
          }
        })
        .register(registry);
  }
}
