package dev.backstop.auth.doctor.spf;

import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.Shown;
import dev.backstop.auth.spf.Mechanism;
import dev.backstop.auth.spf.Qualifier;
import dev.backstop.auth.spf.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Judges the terms of one record; those of a kind in one finding. */
final class SpfTermFindings {
  private static final int MAX_ERRORS = 5;
  private static final Set<String> MECHANISMS =
      Set.of("a", "mx", "ip4", "ip6", "ipv4", "ipv6", "ip", "include", "ptr", "exists", "all");

  private final SpfNode.Published published;
  private final List<Term.Directive> directives;
  private final boolean own;
  private final boolean passes;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * The terms of a record.
   *
   * @param own whether the administrator of the domain can change it
   * @param passes whether who passes it passes the whole
   */
  SpfTermFindings(SpfNode.Published published, boolean own, boolean passes) {
    this.published = published;
    this.directives = published.record().directives();
    this.own = own;
    this.passes = passes;
  }

  List<Finding> find() {
    errors();
    everybody();
    neverReached();
    ptr();
    if (passes) {
      ranges();
    }
    if (own) {
      twice();
      modifiers();
    }
    return findings;
  }

  private void errors() {
    var position = new TermPosition(published.text());
    int shown = 0;
    for (Term term : published.record().terms()) {
      int at = position.next();
      if (term instanceof Term.Malformed malformed && shown++ < MAX_ERRORS) {
        add(
            SpfCode.SYNTAX,
            "%s at character %d of the record of %s is no SPF: %s."
                .formatted(
                    Shown.quoted(malformed.text()),
                    at + malformed.position() + 1,
                    where(),
                    reason(malformed)));
      }
    }
  }

  private static String reason(Term.Malformed malformed) {
    String reason = malformed.reason();
    return reason.startsWith(":") ? "a colon" + reason.substring(1) : reason;
  }

  private void everybody() {
    boolean everybody =
        SpfEnd.all(published).filter(all -> all.qualifier() == Qualifier.PASS).isPresent();
    if (passes && everybody && published.record().error().isEmpty()) {
      add(
          SpfCode.ALLOWS_EVERYBODY,
          "“+all” in the record of %s lets every host in the world send.".formatted(where()));
    }
  }

  private void neverReached() {
    List<Term> unreached = new ArrayList<>();
    boolean all = false;
    for (Term.Directive directive : directives) {
      if (all) {
        unreached.add(directive);
      }
      all |= directive.mechanism() instanceof Mechanism.All;
    }
    if (all) {
      published.record().redirect().ifPresent(unreached::add);
    }
    addTerms(SpfCode.NEVER_REACHED, unreached, "after “all” nothing of this counts: ");
  }

  private void ptr() {
    addTerms(
        SpfCode.PTR,
        matching(each -> each.mechanism() instanceof Mechanism.Ptr),
        "it asks for names by ");
  }

  private void ranges() {
    List<Term.Directive> wide =
        matching(directive ->
            directive.qualifier() == Qualifier.PASS
                && IpRange.of(directive).filter(IpRange::isWide).isPresent());
    if (!own) {
      addTerms(SpfCode.RANGE_WIDE_ELSEWHERE, wide, "very many hosts are allowed by ");
      return;
    }
    List<Term.Directive> huge =
        wide.stream().filter(each -> IpRange.of(each).filter(IpRange::isHuge).isPresent()).toList();
    addTerms(SpfCode.RANGE_HUGE, huge, "a large part of the world is allowed by ");
    List<Term.Directive> others = wide.stream().filter(each -> !huge.contains(each)).toList();
    addTerms(SpfCode.RANGE_WIDE, others, "very many hosts are allowed by ");
    addTerms(
        SpfCode.RANGE_NOT_PUBLIC,
        matching(each -> IpRange.of(each).filter(IpRange::isNotPublic).isPresent()),
        "not of the public network is ");
  }

  private void twice() {
    List<Term.Directive> repeated =
        Repeats.of(directives).stream().mapToObj(directives::get).toList();
    addTerms(SpfCode.RANGE_TWICE, repeated, "another term covers ");
  }

  private void modifiers() {
    List<Term.Modifier> unknown =
        published.record().modifiers().stream()
            .filter(Term.UnknownModifier.class::isInstance)
            .toList();
    addTerms(
        SpfCode.MISTAKEN_MODIFIER,
        unknown.stream().filter(SpfTermFindings::isMistaken).toList(),
        "a colon must stand in the place of the equals sign in ");
    addTerms(
        SpfCode.UNKNOWN_MODIFIER,
        unknown.stream().filter(term -> !isMistaken(term)).toList(),
        "nobody knows the modifier ");
  }

  static boolean isMistaken(Term term) {
    return term instanceof Term.UnknownModifier modifier
        && MECHANISMS.contains(modifier.name().toLowerCase(Locale.ROOT));
  }

  private List<Term.Directive> matching(Predicate<Term.Directive> wanted) {
    return directives.stream().filter(wanted).toList();
  }

  private void addTerms(SpfCode code, List<? extends Term> terms, String what) {
    if (!terms.isEmpty()) {
      List<String> shown = terms.stream().map(term -> Shown.quoted(term.text())).toList();
      add(code, "In the record of %s %s%s.".formatted(where(), what, Shown.list(shown)));
    }
  }

  private String where() {
    return Shown.name(published.domain());
  }

  private void add(SpfCode code, String text) {
    findings.add(Finding.of(code, text));
  }
}
