package dev.backstop.auth.doctor.dmarc;

import dev.backstop.auth.dmarc.AlignmentMode;
import dev.backstop.auth.dmarc.DmarcPolicy;
import dev.backstop.auth.dmarc.DmarcProblem;
import dev.backstop.auth.dmarc.DmarcRecord;
import dev.backstop.auth.dmarc.PolicyRecord;
import dev.backstop.auth.dmarc.PublicSuffix;
import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.RecordType;
import dev.backstop.auth.doctor.finding.Remedy;
import dev.backstop.auth.doctor.finding.Shown;
import dev.backstop.dns.DnsName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a DMARC record. */
public final class DmarcFindings {
  private final DmarcFacts facts;
  private final Sending sending;
  private final DnsName domain;
  private final List<Finding> findings = new ArrayList<>();

  private DmarcFindings(DmarcFacts facts, Sending sending) {
    this.facts = facts;
    this.sending = sending;
    this.domain = facts.domain();
  }

  /** In the order in which an administrator would look. */
  public static List<Finding> of(DmarcFacts facts, Sending sending) {
    var judge = new DmarcFindings(facts, sending);
    judge.judge();
    return List.copyOf(judge.findings);
  }

  private void judge() {
    if (facts.isSeveral()) {
      several();
      return;
    }
    Optional<PolicyRecord> policy = facts.policy();
    facts.nearly().ifPresent(why -> nearly(why, policy.isPresent()));
    if (policy.isPresent()) {
      policy(policy.get());
    } else if (facts.walk().unanswered().isPresent()) {
      add(
          DmarcCode.UNANSWERED,
          "The DMARC record of %s could not be found out: %s."
              .formatted(shown(), facts.walk().unanswered().get().reason()));
    } else if (facts.nearly().isEmpty()) {
      missing();
    }
  }

  private void several() {
    List<Remedy> remedies = new ArrayList<>();
    List<String> texts = facts.texts();
    texts.stream().skip(1).limit(5).forEach(text -> remedies.add(remove(text)));
    add(
        DmarcCode.SEVERAL,
        "%s has %d DMARC records where there must be one; which one is to stay, only you know."
            .formatted(shown(), texts.size()),
        remedies.toArray(Remedy[]::new));
  }

  private Remedy remove(String text) {
    return Remedy.remove(name(domain), RecordType.TXT, text);
  }

  private void nearly(String why, boolean anotherApplies) {
    String instead = anotherApplies ? "; a record above applies" : "";
    add(
        DmarcCode.NOT_QUITE,
        "The record at _dmarc.%s is no DMARC record%s: %s.".formatted(shown(), instead, why),
        anotherApplies
            ? new Remedy[0]
            : new Remedy[] {
              Remedy.replace(name(domain), RecordType.TXT, DmarcSteps.first(domain).render())
            });
  }

  private void missing() {
    if (sending.mail()) {
      add(
          DmarcCode.NO_RECORD,
          "Neither %s nor a domain above has a DMARC record.".formatted(shown()),
          Remedy.publish(name(domain), RecordType.TXT, DmarcSteps.first(domain).render()));
    } else {
      add(
          DmarcCode.NO_RECORD_NO_MAIL,
          shown() + " takes no mail and has no DMARC record.",
          Remedy.publish(name(domain), RecordType.TXT, DmarcSteps.noMail().render()));
    }
  }

  private void policy(PolicyRecord policy) {
    DmarcRecord record = policy.record();
    effective(policy);
    if (policy.place() == PolicyRecord.Place.PUBLIC_SUFFIX) {
      ofPublicSuffix(policy);
      return;
    }
    problems(policy);
    if (record.publicSuffix() == PublicSuffix.YES && isOwn(policy)) {
      add(
          DmarcCode.PUBLIC_SUFFIX,
          "The record says that %s is a public suffix.".formatted(shown()));
    }
    if (record.testing()) {
      add(DmarcCode.TESTING, "The record is marked as a test.");
    }
    subdomains(record);
    findings.addAll(new ReportFindings(policy, sending.mail()).find(facts.addresses()));
    passing(policy);
    DmarcSteps.next(policy, sending.mail(), findings)
        .ifPresent(step ->
            add(
                DmarcCode.NEXT_STEP,
                step.text(),
                Remedy.replace(name(policy.domain()), RecordType.TXT, step.record().render())));
  }

  /** Its registry wrote it for all who have none; nobody else can change it. */
  private void ofPublicSuffix(PolicyRecord policy) {
    add(
        DmarcCode.NO_RECORD,
        "%s has no DMARC record of its own; that of %s, a public suffix, holds for it."
            .formatted(shown(), where(policy)),
        Remedy.publish(name(domain), RecordType.TXT, DmarcSteps.first(domain).render()));
  }

  private boolean isOwn(PolicyRecord policy) {
    return policy.place() == PolicyRecord.Place.AUTHOR_DOMAIN;
  }

  /** What holds for mail from the domain: below another domain's record, its {@code sp}. */
  private Optional<DmarcPolicy> effectivePolicy(PolicyRecord policy) {
    DmarcRecord record = policy.record();
    return isOwn(policy) ? record.policy() : record.subdomainPolicy().or(record::policy);
  }

  private void effective(PolicyRecord policy) {
    String where =
        isOwn(policy)
            ? ""
            : ", as %s says for the names below it".formatted(Shown.name(policy.domain()));
    Optional<DmarcPolicy> effective = effectivePolicy(policy);
    if (effective.isEmpty()) {
      return; // said with the problems
    }
    switch (effective.get()) {
      case REJECT ->
          add(
              DmarcCode.REJECT,
              "Mail from %s that fails DMARC is to be refused (reject)%s."
                  .formatted(shown(), where));
      case QUARANTINE ->
          add(
              DmarcCode.QUARANTINE,
              "Mail from %s that fails DMARC is to be treated as suspicious (quarantine)%s."
                  .formatted(shown(), where));
      case NONE ->
          add(
              DmarcCode.NONE,
              "Nothing is to be done with mail from %s that fails DMARC (none)%s."
                  .formatted(shown(), where));
    }
  }

  private void problems(PolicyRecord policy) {
    for (DmarcProblem problem : policy.found().parsed().problems()) {
      String tag = problem.tag().isEmpty() ? "" : ", tag " + Shown.quoted(problem.tag());
      add(
          code(problem, policy),
          "In the record of %s%s: %s.".formatted(where(policy), tag, problem.text()));
    }
  }

  private static DmarcCode code(DmarcProblem problem, PolicyRecord policy) {
    return switch (problem.kind()) {
      case RETIRED_TAG -> isPart(problem, policy) ? DmarcCode.PART_ONLY : DmarcCode.TAG_RETIRED;
      case OBSOLETE_SIZE, NO_EFFECT -> DmarcCode.TAG_RETIRED;
      case UNKNOWN_TAG, BROKEN_TAG, REPEATED_TAG, TOO_MANY -> DmarcCode.TAG_IGNORED;
      case BAD_VALUE -> DmarcCode.VALUE_IGNORED;
      case BAD_URI -> DmarcCode.REPORT_ADDRESS_UNUSABLE;
      case POLICY_REPLACED ->
          policy.record().policy().isPresent()
              ? DmarcCode.POLICY_ASSUMED
              : DmarcCode.POLICY_UNUSABLE;
    };
  }

  /** {@code pct} that once meant less than all mail. */
  private static boolean isPart(DmarcProblem problem, PolicyRecord policy) {
    String text = policy.found().text().replace(" ", "");
    return problem.tag().equals("pct") && !text.contains("pct=100");
  }

  private void subdomains(DmarcRecord record) {
    DmarcPolicy policy = record.policy().orElse(DmarcPolicy.NONE);
    DmarcPolicy below = record.subdomainPolicy().orElse(policy);
    DmarcPolicy nonexistent = record.nonexistentPolicy().orElse(below);
    if (below.compareTo(policy) < 0) {
      add(
          DmarcCode.SUBDOMAINS_MILDER,
          "sp=%s is milder than p=%s.".formatted(below.text(), policy.text()));
    } else if (nonexistent.compareTo(policy) < 0) {
      add(
          DmarcCode.SUBDOMAINS_MILDER,
          "np=%s is milder than p=%s.".formatted(nonexistent.text(), policy.text()));
    }
  }

  /** Whether mail of the domain can pass at all. */
  private void passing(PolicyRecord policy) {
    boolean enforced = effectivePolicy(policy).filter(it -> it != DmarcPolicy.NONE).isPresent();
    if (!sending.mail()) {
      return;
    }
    if (enforced && !sending.spf() && !sending.dkim()) {
      add(
          DmarcCode.NOTHING_TO_PASS_WITH,
          "%s has no SPF record that works, and no DKIM key was found.".formatted(shown()));
    } else if (enforced && !sending.dkim()) {
      add(DmarcCode.SPF_ONLY, "No DKIM key was found, so that DMARC rests on SPF alone.");
    }
    if (policy.record().dkimAlignment() == AlignmentMode.STRICT && !sending.dkim()) {
      add(
          DmarcCode.STRICT_WITHOUT_KEY,
          "adkim=s asks for signatures of exactly %s, and no key of it was found."
              .formatted(shown()));
    }
  }

  private static String where(PolicyRecord policy) {
    return Shown.name(policy.domain());
  }

  private static DnsName name(DnsName domain) {
    return domain.under("_dmarc").orElse(domain);
  }

  private String shown() {
    return Shown.name(domain);
  }

  private void add(DmarcCode code, String text, Remedy... remedies) {
    findings.add(Finding.of(code, text, remedies));
  }
}
