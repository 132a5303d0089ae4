package dev.backstop.server.metrics;

import dev.backstop.server.recipients.Counters;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** Shows what is counted of questions about recipients, read at the moment of the question. */
public final class RecipientMetrics {
  private RecipientMetrics() {}

  /** Registers all of them. */
  public static void register(
      PrometheusRegistry registry, Counters counters, IntSupplier remembered) {
    labelled(
        registry,
        "backstop_recipients_asked_total",
        "Recipients asked for, by what came of it",
        "result",
        Counters.RESULTS,
        counters::asked);
    labelled(
        registry,
        "backstop_recipients_failures_total",
        "Questions about recipients that a source did not answer",
        "source",
        Counters.SOURCES,
        counters::failures);
    counter(
        registry,
        "backstop_recipients_hits_total",
        "Recipients of whom the answer was remembered",
        counters::hits);
    counter(
        registry,
        "backstop_recipients_stale_total",
        "Recipients let in by an old answer because nobody gave a new one",
        counters::staleAnswers);
    counter(
        registry,
        "backstop_recipients_limited_total",
        "Questions about recipients not asked because of max-rate",
        counters::limitedQuestions);
    GaugeWithCallback.builder()
        .name("backstop_recipients_remembered")
        .help("Answers about recipients remembered")
        .callback(each -> each.call(remembered.getAsInt()))
        .register(registry);
  }

  private static void labelled(
      PrometheusRegistry registry,
      String name,
      String help,
      String label,
      List<String> values,
      ToLongFunction<String> count) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .callback(each -> {
          for (String value : values) {
            each.call((double) count.applyAsLong(value), value);
          }
        })
        .register(registry);
  }

  private static void counter(
      PrometheusRegistry registry, String name, String help, LongSupplier count) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(each -> each.call((double) count.getAsLong()))
        .register(registry);
  }
}
