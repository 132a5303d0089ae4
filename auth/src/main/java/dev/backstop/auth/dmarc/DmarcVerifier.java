package dev.backstop.auth.dmarc;

import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Applies DMARC to one author domain (RFC 9989 §5.3).
 *
 * <p>Queries: at most {@value TreeWalk#MAX_QUERIES} for the author domain, seven for each of at
 * most five other domains of its organization, and one to learn whether the author domain exists;
 * {@value #MAX_QUERIES} in all. Mostly it is one or two.
 */
public final class DmarcVerifier {
  /** Upper bound of the queries for one author domain. */
  public static final int MAX_QUERIES = TreeWalk.MAX_QUERIES + 7 * Alignment.MAX_WALKS + 1;

  /** Identifiers looked at, those that passed first. */
  private static final int MAX_IDENTIFIERS = 50;

  private final Resolver resolver;
  private final TreeWalk walk;
  private final DnsName author;

  private DmarcVerifier(Resolver resolver, DnsName author) {
    this.resolver = resolver;
    this.walk = new TreeWalk(resolver);
    this.author = author;
  }

  /**
   * Finds the record and the result.
   *
   * @param author the domain in From, as {@link AuthorDomain} found it
   * @param identifiers what SPF and DKIM found; empty when nothing is authenticated
   */
  public static DmarcOutcome verify(
      Resolver resolver, DnsName author, List<Identifier> identifiers) {
    return new DmarcVerifier(resolver, author).verify(identifiers);
  }

  private DmarcOutcome verify(List<Identifier> identifiers) {
    return switch (walk.lookup(author)) {
      case RecordLookup.One one -> // its own record: no walk to find one
          evaluate(new PolicyRecord(author, PolicyRecord.Place.AUTHOR_DOMAIN, one), identifiers);
      case RecordLookup.Unanswered unanswered -> unanswered(Optional.empty(), unanswered.reason());
      case RecordLookup.Absent _, RecordLookup.Several _ -> search(identifiers);
    };
  }

  private DmarcOutcome search(List<Identifier> identifiers) {
    TreeWalk.Walk found = walk.walk(author);
    if (found.unanswered().isPresent()) {
      return unanswered(Optional.empty(), found.unanswered().get().reason());
    }
    Optional<PolicyRecord> policyRecord = found.policyRecord();
    if (policyRecord.isEmpty()) { // RFC 9989 §4.10.1: MUST NOT apply the mechanism
      return outcome(DmarcResult.NONE, Optional.empty(), "no DMARC record for " + author);
    }
    return evaluate(policyRecord.get(), identifiers);
  }

  private DmarcOutcome evaluate(PolicyRecord policyRecord, List<Identifier> identifiers) {
    Optional<PolicyRecord> record = Optional.of(policyRecord);
    if (policyRecord.record().policy().isEmpty()) {
      String why = "the record at " + policyRecord.domain() + " has no usable policy";
      return outcome(DmarcResult.PERMERROR, record, why);
    }
    var alignment = new Alignment(walk, author, policyRecord.record());
    List<Identifier> aligned = new ArrayList<>();
    boolean open = false;
    for (Identifier identifier : inOrder(identifiers)) {
      Alignment.Answer answer = alignment.of(identifier);
      boolean passed = identifier.state() == Identifier.State.PASS;
      if (passed && answer == Alignment.Answer.ALIGNED) {
        aligned.add(identifier);
      }
      open |= answer == Alignment.Answer.UNKNOWN;
      open |= !passed && answer == Alignment.Answer.ALIGNED;
    }
    if (!aligned.isEmpty()) {
      return pass(record, aligned);
    }
    // RFC 9989 §5.3.6: what could not be looked up neither passes nor fails
    return open
        ? unanswered(record, "a domain that may be aligned could not be checked")
        : fail(policyRecord);
  }

  /** Those that passed first, SPF before DKIM, each domain once. */
  private static List<Identifier> inOrder(List<Identifier> identifiers) {
    return identifiers.stream()
        .distinct()
        .sorted(Comparator.comparing(Identifier::state).thenComparing(Identifier::mechanism))
        .limit(MAX_IDENTIFIERS)
        .toList();
  }

  private DmarcOutcome pass(Optional<PolicyRecord> record, List<Identifier> aligned) {
    String who = aligned.stream().map(Identifier::toString).collect(Collectors.joining(", "));
    String reason = "aligned with " + author + ": " + who;
    return new DmarcOutcome(
        DmarcResult.PASS, author, DmarcPolicy.NONE, record, organization(), aligned, reason);
  }

  private DmarcOutcome fail(PolicyRecord found) {
    Optional<Asked> asked = asked(found);
    if (asked.isEmpty()) {
      return unanswered(Optional.of(found), "whether " + author + " exists");
    }
    DmarcPolicy published = asked.get().policy();
    boolean testing = found.record().testing();
    String tags = asked.get().tag() + "=" + published.text() + (testing ? ", t=y" : "");
    String reason =
        String.format(
            "no authenticated domain is aligned with %s; %s publishes %s",
            author, found.domain(), tags);
    return new DmarcOutcome(
        DmarcResult.FAIL,
        author,
        testing ? published.oneLower() : published,
        Optional.of(found),
        organization(),
        List.of(),
        reason);
  }

  private record Asked(String tag, DmarcPolicy policy) {}

  /**
   * The tag that applies (RFC 9989 §4.10.1): {@code p} for the domain that published it, else
   * {@code np} or {@code sp}, else {@code p}.
   *
   * @return empty when the name servers do not say whether the author domain exists
   */
  private Optional<Asked> asked(PolicyRecord found) {
    DmarcRecord record = found.record();
    var own = new Asked("p", record.policy().orElse(DmarcPolicy.NONE));
    if (found.place() == PolicyRecord.Place.AUTHOR_DOMAIN) {
      return Optional.of(own);
    }
    Asked subdomains = record.subdomainPolicy().map(sp -> new Asked("sp", sp)).orElse(own);
    if (record.nonexistentPolicy().isEmpty()) {
      return Optional.of(subdomains); // then it does not matter whether the domain exists
    }
    var nonexistent = new Asked("np", record.nonexistentPolicy().get());
    return switch (existence()) {
      case EXISTS -> Optional.of(subdomains);
      case DOES_NOT_EXIST -> Optional.of(nonexistent);
      case UNKNOWN -> Optional.empty();
    };
  }

  private enum Existence {
    EXISTS,
    DOES_NOT_EXIST,
    UNKNOWN
  }

  /**
   * RFC 9989 §3.2.13 and §A.4: only NXDOMAIN says that a name does not exist, for whatever type was
   * asked; a name with no address and no MX exists. A name exists when one under it does (RFC 8020
   * §2), so that {@code _dmarc} mostly answered already.
   */
  private Existence existence() {
    if (!(walk.lookup(author) instanceof RecordLookup.Absent absent) || absent.nameExists()) {
      return Existence.EXISTS;
    }
    Answer<InetAddress> answer = resolver.ipv4(author);
    if (answer.isTemporary()) {
      return Existence.UNKNOWN;
    }
    return answer instanceof Answer.NoSuchName ? Existence.DOES_NOT_EXIST : Existence.EXISTS;
  }

  private DmarcOutcome unanswered(Optional<PolicyRecord> record, String what) {
    return outcome(DmarcResult.TEMPERROR, record, "not found out: " + what);
  }

  private DmarcOutcome outcome(DmarcResult result, Optional<PolicyRecord> record, String reason) {
    return new DmarcOutcome(
        result, author, DmarcPolicy.NONE, record, organization(), List.of(), reason);
  }

  /** What was found out on the way; asks nothing. */
  private Optional<DnsName> organization() {
    return walk.made(author).flatMap(TreeWalk.Walk::organizationalDomain);
  }
}
