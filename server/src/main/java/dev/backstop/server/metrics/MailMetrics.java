package dev.backstop.server.metrics;

import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.proof.Evidence;
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
  private final CounterDataPoint signed;
  private final CounterDataPoint unsigned;
  private final CounterDataPoint notJournaled;
  private final CounterDataPoint lookupFailures;
  private final Counter senders;
  private final Counter policies;
  private final CounterDataPoint notRemembered;
  private final CounterDataPoint slowed;
  private final Counter evidence;

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
            .help("Recipients refused before any data, by the fault of their tag or as unknown")
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
    var signatures =
        Counter.builder()
            .name("backstop_messages_signed_total")
            .help("Messages of ours let go, by whether they left with a DKIM signature")
            .labelNames("signed")
            .register(registry);
    signed = signatures.labelValues("yes");
    unsigned = signatures.labelValues("no");
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
    senders =
        Counter.builder()
            .name("backstop_sender_checks_total")
            .help("Checks of senders of incoming messages, by method and result")
            .labelNames("method", "result")
            .register(registry);
    policies =
        Counter.builder()
            .name("backstop_sender_policies_total")
            .help("Messages checked, by what the policy of the author's domain asked and was done")
            .labelNames("asked", "done")
            .register(registry);
    evidence =
        Counter.builder()
            .name("backstop_evidence_total")
            .help("What the proofs found about automatic mail")
            .labelNames("proof", "finding", "strength")
            .register(registry);
    slowed =
        count(
            registry,
            "backstop_recipients_slowed_total",
            "Recipients put off because too many wrong tags came from the client's network");
    notRemembered =
        count(
            registry,
            "backstop_sender_misses_total",
            "Messages let in whose sender could not be remembered");
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

  public void found(Evidence piece) {
    evidence
        .labelValues(
            piece.proof().toString(), piece.finding().toString(), piece.strength().toString())
        .inc();
  }

  public void slowed() {
    slowed.inc();
  }

  public void sent(boolean tagged) {
    (tagged ? sentTagged : sentPlain).inc();
  }

  public void checked(String method, String result) {
    senders.labelValues(method, result).inc();
  }

  public void policy(String asked, String done) {
    policies.labelValues(asked, done).inc();
  }

  public void notRemembered() {
    notRemembered.inc();
  }

  public void signed(boolean yes) {
    (yes ? signed : unsigned).inc();
  }

  public void notJournaled() {
    notJournaled.inc();
  }

  public void lookupFailed() {
    lookupFailures.inc();
  }
}
