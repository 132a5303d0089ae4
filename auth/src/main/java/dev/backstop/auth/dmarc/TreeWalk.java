package dev.backstop.auth.dmarc;

import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The DNS tree walk (RFC 9989 §4.10): from a domain up to the top, at most {@value #MAX_QUERIES}
 * queries. Remembers what it asked, so that the walks for one message share their queries. For one
 * message and one thread.
 */
public final class TreeWalk {
  /** Queries of one walk, whatever the length of the name. */
  public static final int MAX_QUERIES = 8;

  private static final int LABELS_AFTER_JUMP = 7;

  private final Resolver resolver;
  private final Map<DnsName, RecordLookup> known = new HashMap<>();
  private final Map<DnsName, Walk> made = new HashMap<>();

  public TreeWalk(Resolver resolver) {
    this.resolver = resolver;
  }

  /**
   * Walks from {@code start}. Ends at {@code psd=n}, at {@code psd=y}, at the top, and where the
   * name servers do not answer: what would be found above could not be used.
   */
  public Walk walk(DnsName start) {
    return made.computeIfAbsent(start, this::make);
  }

  /** The walk from there, when it was made. */
  Optional<Walk> made(DnsName start) {
    return Optional.ofNullable(made.get(start));
  }

  private Walk make(DnsName start) {
    List<Step> steps = new ArrayList<>(4);
    Optional<DnsName> target = Optional.of(start);
    while (target.isPresent()) {
      Step step = new Step(target.get(), lookup(target.get()));
      steps.add(step);
      target = step.isLast() ? Optional.empty() : next(target.get());
    }
    return new Walk(start, steps);
  }

  /** RFC 9989 §4.10 steps 4 and 7: one label less, but never more than seven. */
  private static Optional<DnsName> next(DnsName target) {
    Optional<DnsName> next = target.parent();
    while (next.isPresent() && next.get().labels() > LABELS_AFTER_JUMP) {
      next = next.get().parent();
    }
    return next;
  }

  /** The record of that domain alone. */
  RecordLookup lookup(DnsName domain) {
    return known.computeIfAbsent(domain, this::ask);
  }

  private RecordLookup ask(DnsName domain) {
    Optional<DnsName> name = domain.under("_dmarc");
    if (name.isEmpty()) {
      return new RecordLookup.Absent(false); // too long to be asked for, so nothing can be there
    }
    return switch (resolver.txt(name.get())) {
      case Answer.Found<String> found -> only(found.records());
      case Answer.NoData<String> _ -> new RecordLookup.Absent(true);
      case Answer.NoSuchName<String> _ -> new RecordLookup.Absent(false);
      case Answer.ServerFailure<String> failure -> new RecordLookup.Unanswered(failure.describe());
      case Answer.Timeout<String> timeout -> new RecordLookup.Unanswered(timeout.describe());
    };
  }

  /** RFC 9989 §4.10: other texts are discarded, and so are several DMARC records at one name. */
  private static RecordLookup only(List<String> texts) {
    RecordLookup lookup = new RecordLookup.Absent(true);
    for (String text : texts) {
      Optional<DmarcParser.Parsed> parsed = DmarcParser.parse(text);
      if (parsed.isPresent() && lookup instanceof RecordLookup.One) {
        return new RecordLookup.Several();
      }
      if (parsed.isPresent()) {
        lookup = new RecordLookup.One(text, parsed.get());
      }
    }
    return lookup;
  }

  /** One query of a walk. */
  public record Step(DnsName domain, RecordLookup lookup) {
    private boolean isLast() {
      return switch (lookup) {
        case RecordLookup.One one -> one.endsWalk();
        case RecordLookup.Unanswered _ -> true;
        case RecordLookup.Absent _, RecordLookup.Several _ -> false;
      };
    }
  }

  /**
   * A walk that was made.
   *
   * @param steps in their order, the longest name first; at least one, at most {@value
   *     TreeWalk#MAX_QUERIES}
   */
  public record Walk(DnsName start, List<Step> steps) {
    public Walk {
      steps = List.copyOf(steps);
    }

    /** What the name servers did not answer; the walk then says nothing else. */
    public Optional<RecordLookup.Unanswered> unanswered() {
      return steps.getLast().lookup() instanceof RecordLookup.Unanswered unanswered
          ? Optional.of(unanswered)
          : Optional.empty();
    }

    /**
     * The organizational domain of the start (RFC 9989 §4.10.2).
     *
     * @return empty only when a name server did not answer
     */
    public Optional<DnsName> organizationalDomain() {
      if (unanswered().isPresent()) {
        return Optional.empty();
      }
      if (publicSuffix().isPresent()) {
        return Optional.of(oneBelow(publicSuffix().get().domain()));
      }
      // psd=n ended the walk, so that it too is the record with the fewest labels
      return Optional.of(lastRecord().map(Step::domain).orElse(start));
    }

    /**
     * The record that applies to mail from the start (RFC 9989 §4.10.1).
     *
     * @return empty when there is none, or a name server did not answer
     */
    public Optional<PolicyRecord> policyRecord() {
      Optional<PolicyRecord> own = at(start, PolicyRecord.Place.AUTHOR_DOMAIN);
      if (own.isPresent() || organizationalDomain().isEmpty()) {
        return own;
      }
      DnsName organization = organizationalDomain().get();
      return at(organization, PolicyRecord.Place.ORGANIZATIONAL_DOMAIN)
          .or(() -> publicSuffix().flatMap(s -> at(s.domain(), PolicyRecord.Place.PUBLIC_SUFFIX)));
    }

    private Optional<PolicyRecord> at(DnsName domain, PolicyRecord.Place place) {
      for (Step step : steps) {
        if (step.domain().equals(domain) && step.lookup() instanceof RecordLookup.One one) {
          return Optional.of(new PolicyRecord(domain, place, one));
        }
      }
      return Optional.empty();
    }

    /** {@code psd=y} above the start; at the start it is a domain like any other. */
    private Optional<Step> publicSuffix() {
      return lastRecord()
          .filter(step -> !step.domain().equals(start))
          .filter(step -> isPublicSuffix(step.lookup()));
    }

    private static boolean isPublicSuffix(RecordLookup lookup) {
      return lookup instanceof RecordLookup.One one
          && one.parsed().record().publicSuffix() == PublicSuffix.YES;
    }

    private Optional<Step> lastRecord() {
      return steps.reversed().stream()
          .filter(step -> step.lookup() instanceof RecordLookup.One)
          .findFirst();
    }

    /** By the labels of the start: the walk may have jumped over this name. */
    private DnsName oneBelow(DnsName suffix) {
      DnsName name = start;
      while (name.labels() > suffix.labels() + 1) {
        name = name.parent().orElseThrow();
      }
      return name;
    }
  }
}
