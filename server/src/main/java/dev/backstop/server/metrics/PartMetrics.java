package dev.backstop.server.metrics;

import dev.backstop.dns.CachingResolver;
import dev.backstop.edge.DoorCounters;
import dev.backstop.store.Health;
import dev.backstop.store.Store;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** Shows what the doors and the store count themselves, read at the moment of the question. */
public final class PartMetrics {
  private PartMetrics() {}

  /**
   * Registers the counters of the doors.
   *
   * @param doors by name
   */
  public static void doors(PrometheusRegistry registry, SequencedMap<String, DoorCounters> doors) {
    GaugeWithCallback.builder()
        .name("backstop_connections_open")
        .help("Connections open now")
        .labelNames("door")
        .callback(each -> doors.forEach((name, door) -> each.call((double) door.open.sum(), name)))
        .register(registry);
    Map<String, ToDoubleFunction<DoorCounters>> counts =
        Map.of(
            "backstop_connections_accepted_total", door -> door.accepted.sum(),
            "backstop_connections_over_limit_total", door -> door.refusedForLimit.sum(),
            "backstop_bad_packets_total", door -> door.badPackets.sum(),
            "backstop_connection_timeouts_total", door -> door.timeouts.sum(),
            "backstop_progress_sent_total", door -> door.progressSent.sum(),
            "backstop_decision_failures_total", door -> door.failures.sum(),
            "backstop_requests_over_limit_total", door -> door.overLimit.sum(),
            "backstop_edits_not_offered_total", door -> door.editsNotOffered.sum(),
            "backstop_requests_served_total", door -> door.served.sum());
    counts.forEach((name, count) ->
        CounterWithCallback.builder()
            .name(name)
            .help(
                name.replace("backstop_", "").replace("_total", "").replace('_', ' ') + ", by door")
            .labelNames("door")
            .callback(
                each -> doors.forEach((door, from) -> each.call(count.applyAsDouble(from), door)))
            .register(registry));
  }

  /** Registers the counters of questions to name servers. */
  public static void dns(PrometheusRegistry registry, CachingResolver resolver) {
    counter(
        registry,
        "backstop_dns_questions_total",
        "Questions about names",
        () -> resolver.counters().questions());
    counter(
        registry,
        "backstop_dns_hits_total",
        "Questions answered from memory",
        () -> resolver.counters().hits());
    counter(
        registry,
        "backstop_dns_failures_total",
        "Queries that name servers failed to answer",
        () -> resolver.counters().failures());
    counter(
        registry,
        "backstop_dns_timeouts_total",
        "Queries that no name server answered in time",
        () -> resolver.counters().timeouts());
    gauge(
        registry,
        "backstop_dns_cache_entries",
        "Answers remembered",
        () -> resolver.counters().entries());
  }

  /** Registers the counters of the store. */
  public static void store(PrometheusRegistry registry, Store store) {
    var counters = store.counters();
    gauge(
        registry,
        "backstop_store_up",
        "1 while the store can be written",
        () -> store.health() instanceof Health.Ok ? 1 : 0);
    gauge(registry, "backstop_store_queue", "Rows that wait to be written", counters::queueDepth);
    counter(
        registry,
        "backstop_store_rows_total",
        "Rows of the journal and of arrivals committed",
        counters::rowsWritten);
    counter(registry, "backstop_store_commits_total", "Transactions committed", counters::commits);
    counter(
        registry,
        "backstop_store_failures_total",
        "Messages without their journal row",
        counters::failures);
    counter(registry, "backstop_store_faults_total", "Errors of the database", counters::faults);
    counter(
        registry,
        "backstop_store_lookups_total",
        "Questions asked of the store",
        counters::lookups);
    counter(registry, "backstop_store_events_total", "Events committed", counters::eventsWritten);
    counter(
        registry,
        "backstop_store_events_dropped_total",
        "Events lost to a full queue or a failing store",
        counters::eventsDropped);
    counter(
        registry,
        "backstop_store_expired_total",
        "Rows and events deleted for their age",
        counters::expired);
  }

  private static void gauge(
      PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(each -> each.call(value.getAsDouble()))
        .register(registry);
  }

  private static void counter(
      PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(each -> each.call(value.getAsDouble()))
        .register(registry);
  }
}
