package dev.backstop.server.metrics;

import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.verdict.Verdict;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counters of the path of a message. Safe for all threads. */
public final class MailMetrics {
  private final Counter judged;
  private final Counter refusedRecipients;
  private final CounterDataPoint sentTagged;
  private final CounterDataPoint sentPlain;
  private final CounterDataPoint notJournaled;
  private final CounterDataPoint lookupFailures;

  public MailMetrics(PrometheusRegistry registry) {
    judged =
        Counter.builder()
            .name("backstop_messages_judged_total")
            .help("Incoming messages read to their end, by form, verdict and what was done")
            .labelNames("form", "verdict", "action")
            .register(registry);
    refusedRecipients =
        Counter.builder()
            .name("backstop_recipients_refused_total")
            .help(
                "Recipients of null-sender mail refused before any data, by the fault of their tag")
            .labelNames("reason")
            .register(registry);
    var sent =
        Counter.builder()
            .name("backstop_messages_sent_total")
            .help("Messages of ours let go, by whether they left with a tag")
            .labelNames("tagged")
            .register(registry);
    sentTagged = sent.labelValues("yes");
    sentPlain = sent.labelValues("no");
    notJournaled =
        count(
            registry,
            "backstop_journal_misses_total",
            "Messages of ours that could not be journaled");
    lookupFailures =
        count(
            registry,
            "backstop_journal_lookup_failures_total",
            "Questions that the journal could not answer");
  }

  private static CounterDataPoint count(PrometheusRegistry registry, String name, String help) {
    Counter counter = Counter.builder().name(name).help(help).register(registry);
    counter.initLabelValues();
    return counter;
  }

  public void judged(Form form, Verdict verdict, String action) {
    judged.labelValues(form.toString(), verdict.toString(), action).inc();
  }

  public void refusedRecipient(String reason) {
    refusedRecipients.labelValues(reason).inc();
  }

  public void sent(boolean tagged) {
    (tagged ? sentTagged : sentPlain).inc();
  }

  public void notJournaled() {
    notJournaled.inc();
  }

  public void lookupFailed() {
    lookupFailures.inc();
  }
}
