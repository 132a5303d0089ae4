package dev.backstop.auth.doctor.spf;

import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.Shown;
import dev.backstop.auth.spf.Mechanism;
import dev.backstop.auth.spf.Qualifier;
import dev.backstop.auth.spf.SpfLimits;
import dev.backstop.auth.spf.Term;
import dev.backstop.dns.DnsName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Judges each record of a tree, from the top, a finding only once. */
final class SpfTreeFindings {
  private final DnsName domain;
  private final SpfNode.Published root;
  private final Set<Finding> findings = new LinkedHashSet<>();

  SpfTreeFindings(DnsName domain, SpfNode.Published root) {
    this.domain = domain;
    this.root = root;
  }

  List<Finding> find() {
    record(root, true);
    return List.copyOf(findings);
  }

  /**
   * One record.
   *
   * @param passes whether who passes it passes the whole
   */
  private void record(SpfNode.Published published, boolean passes) {
    boolean own = published.domain().isWithin(domain);
    findings.addAll(new SpfTermFindings(published, own, passes).find());
    for (SpfNode.Branch branch : published.branches()) {
      seen(published, branch, passes);
    }
  }

  private void seen(SpfNode.Published published, SpfNode.Branch branch, boolean passes) {
    String term = Shown.quoted(branch.term().text());
    String where = Shown.name(published.domain());
    switch (branch.seen()) {
      case SpfNode.Included(SpfNode node) ->
          included(node, term, where, passes && isPass(branch.term()));
      case SpfNode.Hosts hosts -> hosts(hosts, branch, term, where);
      case SpfNode.Unknown _ -> unknown(branch.term(), term, where);
    }
  }

  private static boolean isPass(Term term) {
    return !(term instanceof Term.Directive directive) || directive.qualifier() == Qualifier.PASS;
  }

  private void included(SpfNode node, String term, String where, boolean passes) {
    String target = Shown.name(node.domain());
    switch (node) {
      case SpfNode.Published published -> record(published, passes);
      case SpfNode.Missing missing -> {
        String what = missing.exists() ? "has no SPF record" : "does not exist";
        add(
            SpfCode.TARGET_HAS_NO_RECORD,
            "%s in the record of %s leads nowhere: %s %s.".formatted(term, where, target, what));
      }
      case SpfNode.Several several ->
          add(
              SpfCode.SEVERAL,
              "%s, to which %s leads, has %d SPF records where there must be one."
                  .formatted(target, term, several.texts().size()));
      case SpfNode.Unanswered(DnsName _, String reason) ->
          add(
              SpfCode.TARGET_UNANSWERED,
              "Where %s in the record of %s leads could not be found out: %s."
                  .formatted(term, where, reason));
      case SpfNode.Loop _ ->
          add(
              SpfCode.LOOP,
              "%s in the record of %s leads back to where it came from.".formatted(term, where));
      case SpfNode.Unread _ -> {} // there are too many lookups, which is said of the whole
    }
  }

  private void hosts(SpfNode.Hosts hosts, SpfNode.Branch branch, String term, String where) {
    if (hosts.trouble().isPresent()) {
      add(
          SpfCode.TARGET_UNANSWERED,
          "What %s in the record of %s means could not be found out: %s."
              .formatted(term, where, hosts.trouble().get()));
    } else if (hosts.exchangers() > SpfLimits.STANDARD.mxNames()) {
      add(
          SpfCode.TOO_MANY_EXCHANGERS,
          "%s in the record of %s means %d mail hosts; at most %d may be asked for."
              .formatted(term, where, hosts.exchangers(), SpfLimits.STANDARD.mxNames()));
    } else if (branch.isVoid()) {
      add(
          SpfCode.FINDS_NOTHING,
          "%s in the record of %s finds nothing: %s has no %s."
              .formatted(
                  term,
                  where,
                  Shown.name(hosts.name()),
                  isMx(branch.term()) ? "mail host with an address" : "address"));
    }
  }

  private static boolean isMx(Term term) {
    return term instanceof Term.Directive directive
        && directive.mechanism() instanceof Mechanism.Mx;
  }

  private void unknown(Term term, String shown, String where) {
    if (term.text().indexOf('%') >= 0) {
      add(
          SpfCode.DEPENDS_ON_SENDER,
          "%s in the record of %s is different for each message.".formatted(shown, where));
    }
  }

  private void add(SpfCode code, String text) {
    findings.add(Finding.of(code, text));
  }
}
