package dev.backstop.server.gateway;

import dev.backstop.edge.smtp.GatewayCounters;
import dev.backstop.edge.smtp.nexthop.HopHealth;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Shows what the gateway counts, read at the moment of the question. */
public final class GatewayMetrics {
  private GatewayMetrics() {}

  /** Registers its counters and the state of its next hops. */
  public static void register(PrometheusRegistry registry, GatewayDoor door) {
    Map<String, LongAdder> results = results(door.messages());
    CounterWithCallback.builder()
        .name("backstop_gateway_total")
        .help("What the gateway did with messages, recipients and sessions")
        .labelNames("result")
        .callback(each -> results.forEach((name, count) -> each.call((double) count.sum(), name)))
        .register(registry);
    GaugeWithCallback.builder()
        .name("backstop_next_hop_up")
        .help("Whether a next hop could be reached when it was last tried")
        .labelNames("hop")
        .callback(each -> {
          for (HopHealth health : door.health()) {
            each.call(health.up() ? 1.0 : 0.0, health.hop().toString());
          }
        })
        .register(registry);
  }

  private static Map<String, LongAdder> results(GatewayCounters counters) {
    Map<String, LongAdder> results = new LinkedHashMap<>();
    results.put("relayed", counters.relayed);
    results.put("refused-by-next-hop", counters.refusedByNextHop);
    results.put("next-hop-failed", counters.nextHopFailed);
    results.put("in-doubt", counters.inDoubt);
    results.put("bad-line-ends", counters.badLineEnds);
    results.put("no-room", counters.noRoom);
    results.put("one-at-a-time", counters.oneAtATime);
    results.put("relay-denied", counters.relayDenied);
    results.put("hung-up", counters.hungUp);
    results.put("client-over-limit", counters.clientOverLimit);
    return results;
  }
}
