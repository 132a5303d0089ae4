package dev.backstop.auth.doctor.spf;

import dev.backstop.auth.spf.Mechanism;
import dev.backstop.auth.spf.Term;
import java.util.BitSet;
import java.util.List;

/** Which terms of a record another one makes superfluous: an equal one before, or a wider one. */
final class Repeats {
  /** Terms that are compared with each other. */
  private static final int MAX_TERMS = 500;

  private final List<Term.Directive> terms;

  private Repeats(List<Term.Directive> terms) {
    this.terms = terms;
  }

  /** Indexes into the list. */
  static BitSet of(List<Term.Directive> directives) {
    var repeats = new Repeats(directives.subList(0, Math.min(directives.size(), MAX_TERMS)));
    var found = new BitSet();
    for (int i = 0; i < repeats.terms.size(); i++) {
      found.set(i, repeats.isRepeated(i));
    }
    return found;
  }

  private boolean isRepeated(int at) {
    for (int i = 0; i < terms.size(); i++) {
      if (i != at && covers(i, at)) {
        return true;
      }
    }
    return false;
  }

  /** Of two that mean the same the first stays. */
  private boolean covers(int other, int at) {
    Term.Directive one = terms.get(other);
    Term.Directive two = terms.get(at);
    if (one.qualifier() != two.qualifier() || one.mechanism() instanceof Mechanism.All) {
      return false;
    }
    if (one.mechanism().equals(two.mechanism())) {
      return other < at;
    }
    IpRange range = IpRange.of(one).orElse(null);
    IpRange covered = IpRange.of(two).orElse(null);
    return range != null
        && covered != null
        && range.contains(covered)
        && (range.bits() < covered.bits() || other < at);
  }
}
