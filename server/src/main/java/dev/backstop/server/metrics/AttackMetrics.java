package dev.backstop.server.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/** Counters of joe-jobs. Safe for all threads. */
public final class AttackMetrics {
  private final Counter begun;
  private final Counter webhooks;

  /**
   * Registers them.
   *
   * @param scopes what attacks can fall on
   * @param running attacks under way, by scope
   * @param messages that belong to attacks
   * @param notFollowed messages that would have begun one when too many were under way
   */
  public AttackMetrics(
      PrometheusRegistry registry,
      List<String> scopes,
      ToIntFunction<String> running,
      LongSupplier messages,
      LongSupplier notFollowed) {
    GaugeWithCallback.builder()
        .name("backstop_attacks_running")
        .help("Attacks under way, by what they fall on")
        .labelNames("scope")
        .callback(each -> scopes.forEach(scope -> each.call(running.applyAsInt(scope), scope)))
        .register(registry);
    begun =
        Counter.builder()
            .name("backstop_attacks_begun_total")
            .help("Attacks that began, by what they fall on")
            .labelNames("scope")
            .register(registry);
    scopes.forEach(begun::labelValues);
    counter(
        registry, "backstop_attack_messages_total", "Messages that belong to attacks", messages);
    counter(
        registry,
        "backstop_attacks_not_followed_messages_total",
        "Messages that would have begun an attack when too many were under way",
        notFollowed);
    webhooks =
        Counter.builder()
            .name("backstop_webhook_deliveries_total")
            .help("Events for the webhook, by what became of them")
            .labelNames("result")
            .register(registry);
    List.of("delivered", "failed", "dropped").forEach(webhooks::labelValues);
  }

  private static void counter(
      PrometheusRegistry registry, String name, String help, LongSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(each -> each.call((double) value.getAsLong()))
        .register(registry);
  }

  public void begun(String scope) {
    begun.labelValues(scope).inc();
  }

  /** One event for the webhook: {@code delivered}, {@code failed} or {@code dropped}. */
  public void webhook(String result) {
    webhooks.labelValues(result).inc();
  }
}
