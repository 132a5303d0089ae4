package dev.backstop.auth.doctor.spf;

import dev.backstop.auth.spf.Mechanism;
import dev.backstop.auth.spf.Qualifier;
import dev.backstop.auth.spf.SpfRecord;
import dev.backstop.auth.spf.Term;
import dev.backstop.dns.DnsName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Mends records as far as their owner's will can be known: what has no effect, or a fatal one,
 * goes, what is misspelt is spelt right, and hosts that are not named get {@code ~all}, which loses
 * no mail. Nobody who passed with effect before is shut out, but for {@code +all}.
 */
final class SpfMending {
  private static final String VERSION = "v=spf1";
  private static final String END = "~all";

  private final SpfNode.Published published;
  private final List<String> terms = new ArrayList<>();

  private SpfMending(SpfNode.Published published) {
    this.published = published;
  }

  /**
   * The record of the domain itself, mended.
   *
   * @return empty when nothing is to be mended, or it is not clear how
   */
  static Optional<String> of(DnsName domain, SpfNode.Published published) {
    if (!published.domain().equals(domain)) {
      return Optional.empty();
    }
    return new SpfMending(published).mended().flatMap(mended -> changed(published, mended));
  }

  private static Optional<String> changed(SpfNode.Published published, String mended) {
    boolean same = mended.equalsIgnoreCase(published.record().render());
    return same ? Optional.empty() : usable(mended);
  }

  /** Only what can be read, and allows somebody. */
  private static Optional<String> usable(String text) {
    return SpfRecord.parse(text)
        .filter(record -> record.error().isEmpty())
        .filter(record ->
            record.redirect().isPresent()
                || record.directives().stream()
                    .anyMatch(each -> !(each.mechanism() instanceof Mechanism.All)))
        .map(_ -> text);
  }

  private Optional<String> mended() {
    BitSet repeated = Repeats.of(published.record().directives());
    int number = 0;
    boolean ended = false;
    for (Term term : published.record().terms()) {
      switch (term) {
        case Term.Directive directive when directive.mechanism() instanceof Mechanism.All -> {
          terms.addAll(ended ? List.of() : List.of(end(directive)));
          ended = true;
          number++;
        }
        case Term.Directive directive -> {
          boolean kept = !ended && !repeated.get(number++) && !isUseless(directive);
          terms.addAll(kept ? List.of(directive.text()) : List.of());
        }
        case Term.Redirect _ -> {} // comes last
        case Term.Explanation explanation -> terms.add(explanation.text());
        case Term.UnknownModifier modifier ->
            terms.addAll(ended ? List.of() : List.of(spelt(modifier)));
        case Term.Malformed malformed -> {
          Optional<String> repaired = repaired(malformed.text());
          if (repaired.isEmpty()) {
            return Optional.empty();
          }
          terms.addAll(ended ? List.of() : List.of(repaired.get()));
          ended |= isAll(repaired.get());
        }
      }
    }
    if (!ended) {
      terms.add(withoutAll());
    }
    return Optional.of(VERSION + " " + String.join(" ", terms));
  }

  private static boolean isAll(String term) {
    return SpfRecord.parse(VERSION + " " + term).stream()
        .flatMap(record -> record.directives().stream())
        .anyMatch(directive -> directive.mechanism() instanceof Mechanism.All);
  }

  private static String spelt(Term.UnknownModifier modifier) {
    return SpfTermFindings.isMistaken(modifier)
        ? repaired(modifier.text()).orElse(modifier.text())
        : modifier.text();
  }

  private static String end(Term.Directive all) {
    return switch (all.qualifier()) {
      case PASS, NEUTRAL -> END;
      case FAIL, SOFTFAIL -> all.text();
    };
  }

  private String withoutAll() {
    Optional<Term.Redirect> redirect = published.record().redirect();
    return redirect.isPresent() && !leadsNowhere(redirect.get()) ? redirect.get().text() : END;
  }

  private boolean isUseless(Term.Directive directive) {
    return leadsNowhere(directive)
        || IpRange.of(directive).filter(IpRange::isNotPublic).isPresent();
  }

  private boolean leadsNowhere(Term term) {
    return published.branches().stream()
        .filter(branch -> branch.term().equals(term))
        .anyMatch(SpfNode.Branch::isVoid);
  }

  /** A term that was surely meant as another one, such as {@code ipv4:192.0.2.1}. */
  static Optional<String> repaired(String text) {
    int start = text.indexOf(':') < 0 ? text.indexOf('=') : text.indexOf(':');
    String value = text.substring(start + 1);
    String bare = withoutStops(text);
    for (String candidate : List.of(bare, "ip4:" + value, "ip6:" + value)) {
      boolean good =
          SpfRecord.parse(VERSION + " " + candidate)
              .filter(record -> record.error().isEmpty() && !record.directives().isEmpty())
              .isPresent();
      if (good) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static String withoutStops(String text) {
    int end = text.length();
    while (end > 0 && ";,.".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(0, end);
  }

  /** A record whose version was misspelt. */
  static Optional<String> ofNearly(String text) {
    int at = text.toLowerCase(Locale.ROOT).indexOf("spf1") + "spf1".length();
    String rest = text.substring(at).replace("\"", "").replace("'", "").strip();
    while (rest.startsWith(";") || rest.startsWith(",") || rest.startsWith(":")) {
      rest = rest.substring(1).strip();
    }
    return usable(VERSION + " " + rest);
  }

  /** One record for several: what any of them allows. */
  static Optional<String> merged(List<String> texts) {
    Set<String> terms = new LinkedHashSet<>();
    boolean strict = true;
    for (String text : texts) {
      SpfRecord record = SpfRecord.parse(text).orElseThrow();
      if (record.error().isPresent() || record.redirect().isPresent()) {
        return Optional.empty(); // nobody can tell what was meant
      }
      boolean ended = false;
      for (Term.Directive directive : record.directives()) {
        if (directive.mechanism() instanceof Mechanism.All) {
          strict &= directive.qualifier() == Qualifier.FAIL;
          ended = true;
          break;
        }
        terms.add(directive.text());
      }
      strict &= ended;
    }
    String allowed = terms.stream().map(term -> term + " ").collect(Collectors.joining());
    return usable(VERSION + " " + allowed + (strict ? "-all" : END));
  }
}
