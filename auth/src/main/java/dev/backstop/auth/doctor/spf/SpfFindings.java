package dev.backstop.auth.doctor.spf;

import dev.backstop.auth.doctor.finding.Code;
import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.RecordType;
import dev.backstop.auth.doctor.finding.Remedy;
import dev.backstop.auth.doctor.finding.Shown;
import dev.backstop.auth.doctor.mx.MxFacts;
import dev.backstop.auth.spf.Mechanism;
import dev.backstop.auth.spf.Qualifier;
import dev.backstop.auth.spf.SpfLimits;
import dev.backstop.auth.spf.Term;
import dev.backstop.dns.DnsName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges an SPF record and all that it leads to. */
public final class SpfFindings {
  private static final int OCTETS_OF_UDP = 512;
  private static final SpfLimits LIMITS = SpfLimits.STANDARD;

  private final DnsName domain;
  private final SpfNode root;
  private final MxFacts mx;
  private final List<Finding> findings = new ArrayList<>();

  private SpfFindings(SpfNode root, MxFacts mx) {
    this.root = root;
    this.domain = root.domain();
    this.mx = mx;
  }

  /**
   * In the order in which an administrator would look.
   *
   * @param root what stands at the domain itself
   * @param mx who takes its mail
   */
  public static List<Finding> of(SpfNode root, MxFacts mx) {
    var judge = new SpfFindings(root, mx);
    judge.judge();
    return List.copyOf(judge.findings);
  }

  private void judge() {
    switch (root) {
      case SpfNode.Published published -> published(published);
      case SpfNode.Missing missing -> missing(missing);
      case SpfNode.Several several -> several(several);
      case SpfNode.Unanswered(DnsName _, String reason) ->
          add(
              SpfCode.UNANSWERED,
              "The SPF record of %s could not be found out: %s.".formatted(shown(), reason));
      case SpfNode.Loop _, SpfNode.Unread _ -> {} // nothing stands above the root
    }
  }

  private void missing(SpfNode.Missing missing) {
    if (!missing.nearly().isEmpty()) {
      String text = missing.nearly().getFirst();
      Optional<String> mended = SpfMending.ofNearly(text);
      add(
          SpfCode.NOT_QUITE,
          "%s has no SPF record, only what looks like one: %s."
              .formatted(shown(), Shown.quoted(text)),
          mended.stream()
              .map(record -> Remedy.replace(domain, RecordType.TXT, record))
              .toArray(Remedy[]::new));
    } else if (mx.takesNoMail()) {
      add(
          SpfCode.NO_RECORD_NO_MAIL,
          shown() + " takes no mail and has no SPF record.",
          Remedy.publish(domain, RecordType.TXT, SpfProposal.NO_MAIL));
    } else {
      add(
          SpfCode.NO_RECORD,
          shown() + " has no SPF record.",
          Remedy.publish(domain, RecordType.TXT, SpfProposal.of(mx)));
    }
  }

  private void several(SpfNode.Several several) {
    List<Remedy> remedies = new ArrayList<>();
    Optional<String> merged = SpfMending.merged(several.texts());
    merged.ifPresent(_ ->
        several.texts().forEach(text -> remedies.add(Remedy.remove(domain, RecordType.TXT, text))));
    merged.ifPresent(record -> remedies.add(Remedy.publish(domain, RecordType.TXT, record)));
    add(
        SpfCode.SEVERAL,
        "%s has %d SPF records where there must be one.".formatted(shown(), several.texts().size()),
        remedies.toArray(Remedy[]::new));
  }

  private void published(SpfNode.Published published) {
    int lookups = root.lookups();
    findings.addAll(new SpfTreeFindings(domain, published).find());
    if (lookups > LIMITS.lookups()) {
      add(
          SpfCode.TOO_MANY_LOOKUPS,
          "A check needs %d lookups; at most %d are made.".formatted(lookups, LIMITS.lookups()));
    } else if (lookups >= LIMITS.lookups() - 1) {
      add(
          SpfCode.NEARLY_TOO_MANY_LOOKUPS,
          "A check needs %d of at most %d lookups.".formatted(lookups, LIMITS.lookups()));
    }
    if (root.voidLookups() > LIMITS.voidLookups()) {
      add(
          SpfCode.TOO_MANY_VOID_LOOKUPS,
          "%d lookups find nothing; at most %d may."
              .formatted(root.voidLookups(), LIMITS.voidLookups()));
    }
    if (published.record().error().isEmpty()) {
      end(published);
    }
    withoutMail(published);
    length(published);
    boolean broken = findings.stream().anyMatch(SpfFindings::isBreaking);
    if (!broken) {
      findings.addFirst(
          Finding.of(
              SpfCode.VALID,
              "The record of %s is valid, and a check needs %d of at most %d lookups."
                  .formatted(shown(), lookups, LIMITS.lookups())));
    }
    SpfMending.of(domain, published)
        .ifPresent(record ->
            add(
                SpfCode.MENDED,
                "Mended as far as that can be done from outside, the record is this.",
                Remedy.replace(domain, RecordType.TXT, record)));
  }

  /**
   * Whether receivers end with an error because of it, the whole of it or when they come so far.
   */
  private static boolean isBreaking(Finding finding) {
    Code code = finding.code();
    return code == SpfCode.SYNTAX
        || code == SpfCode.TOO_MANY_LOOKUPS
        || code == SpfCode.TOO_MANY_VOID_LOOKUPS
        || code == SpfCode.TOO_MANY_EXCHANGERS
        || code == SpfCode.TARGET_HAS_NO_RECORD
        || code == SpfCode.SEVERAL
        || code == SpfCode.LOOP;
  }

  /** What happens to hosts that are not named. */
  private void end(SpfNode.Published published) {
    switch (SpfEnd.of(published)) {
      case SpfEnd.All(DnsName _, Qualifier qualifier) when qualifier == Qualifier.NEUTRAL ->
          add(SpfCode.ENDS_NEUTRAL, "The record ends with “?all”.");
      case SpfEnd.Nothing(DnsName where) ->
          add(
              SpfCode.NO_END,
              "The record of %s says nothing of hosts that it does not name."
                  .formatted(Shown.name(where)));
      case SpfEnd.All _, SpfEnd.Unknown _ -> {}
    }
  }

  private void withoutMail(SpfNode.Published published) {
    List<Term.Directive> directives = published.record().directives();
    boolean nobody =
        !directives.isEmpty()
            && directives.getFirst().mechanism() instanceof Mechanism.All
            && directives.getFirst().qualifier() == Qualifier.FAIL;
    if (mx.isNullMx() && !nobody && published.record().error().isEmpty()) {
      add(
          SpfCode.ALLOWS_WITHOUT_MAIL,
          shown() + " takes no mail, but its SPF record allows hosts to send.");
    }
  }

  private void length(SpfNode.Published published) {
    if (published.octets() > OCTETS_OF_UDP) {
      add(
          SpfCode.LONG_ANSWER,
          "The TXT records of %s together are %d octets long, of which the SPF record has %d."
              .formatted(shown(), published.octets(), published.text().length()));
    }
  }

  private String shown() {
    return Shown.name(domain);
  }

  private void add(SpfCode code, String text, Remedy... remedies) {
    findings.add(Finding.of(code, text, remedies));
  }
}
