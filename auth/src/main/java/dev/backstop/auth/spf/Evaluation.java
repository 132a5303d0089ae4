package dev.backstop.auth.spf;

import dev.backstop.auth.spf.SpfOutcome.Step;
import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.MailExchanger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code check_host()} (RFC 7208 §4). Calls itself for includes and redirects, each of which is a
 * term that asks: their limit bounds the depth.
 */
final class Evaluation {
  private static final int SHOWN_TERM = 200;
  private static final String NO_NAME = "the domain that the term names can be no name";

  private final InetAddress client;
  private final byte[] clientOctets;
  private final Questions questions;
  private final ClientNames names;
  private final Expansion expansion;
  private final SpfLimits limits;

  Evaluation(
      InetAddress client,
      Questions questions,
      ClientNames names,
      Expansion expansion,
      SpfLimits limits) {
    this.client = client;
    this.clientOctets = client.getAddress();
    this.questions = questions;
    this.names = names;
    this.expansion = expansion;
    this.limits = limits;
  }

  Finding checkHost(DnsName domain) {
    if (domain.text().indexOf('.') < 0) {
      return Finding.without(SpfResult.NONE, domain + " is a single label, no domain"); // §4.3
    }
    Answer<String> answer = questions.txt(domain);
    return switch (answer) {
      case Answer.Found<String> found -> select(domain, found.records());
      case Answer.NoSuchName<String> _ -> // §4.3
          Finding.without(SpfResult.NONE, domain + " does not exist");
      case Answer.NoData<String> _ -> noRecord(domain);
      case Answer.ServerFailure<String> _, Answer.Timeout<String> _ -> // §4.4
          Finding.without(SpfResult.TEMPERROR, "TXT of " + domain + ": " + answer.describe());
    };
  }

  private static Finding noRecord(DnsName domain) {
    return Finding.without(SpfResult.NONE, domain + " has no SPF record");
  }

  /** §4.5: exactly one. */
  private Finding select(DnsName domain, List<String> records) {
    String chosen = null;
    for (String record : records) {
      if (SpfRecord.isSpf(record)) {
        if (chosen != null) {
          return Finding.without(SpfResult.PERMERROR, domain + " has several SPF records");
        }
        chosen = record;
      }
    }
    return chosen == null ? noRecord(domain) : evaluate(domain, chosen, SpfParser.parse(chosen));
  }

  /** §4.6. */
  private Finding evaluate(DnsName domain, String text, SpfRecord record) {
    Optional<Term.Malformed> error = record.error();
    if (error.isPresent()) { // §4.6: anywhere in the record, before anything is evaluated
      Step wrong = step(domain, text, error.get().text());
      String reason = "syntax error in " + wrong.term() + " of " + domain;
      return Finding.error(
          SpfResult.PERMERROR, List.of(wrong), reason + ": " + error.get().reason());
    }
    if (questions.tooManyVoid()) { // already to get the name of this record, by %{p}
      return tooManyVoid(step(domain, text, ""));
    }
    for (Term term : record.terms()) {
      Finding finding =
          term instanceof Term.Directive directive
              ? evaluate(directive, domain, text, record)
              : null;
      if (finding != null) {
        return finding;
      }
    }
    Term.Redirect redirect = record.redirect().orElse(null);
    return redirect == null || expansion.neverMatches(redirect.domain())
        ? new Finding( // §4.7: the default
            SpfResult.NEUTRAL, List.of(step(domain, text, "")), "", Optional.empty())
        : redirect(redirect, domain, text);
  }

  /** {@code null} when it does not match. */
  private @Nullable Finding evaluate(
      Term.Directive directive, DnsName domain, String text, SpfRecord record) {
    return switch (match(directive.mechanism(), domain)) {
      case Match.No _ ->
          questions.tooManyVoid() ? tooManyVoid(step(domain, text, directive.text())) : null;
      case Match.Yes(List<Step> path) ->
          new Finding(
              directive.qualifier().result(),
              Finding.path(step(domain, text, directive.text()), path),
              "",
              directive.qualifier() == Qualifier.FAIL
                  ? record.explanation().map(exp -> new Finding.Explanation(exp.domain(), domain))
                  : Optional.empty());
      case Match.Failed(SpfResult result, List<Step> path, String reason) ->
          Finding.error(result, Finding.path(step(domain, text, directive.text()), path), reason);
    };
  }

  private Finding tooManyVoid(Step step) {
    return Finding.error(
        SpfResult.PERMERROR,
        List.of(step),
        "more than " + limits.voidLookups() + " terms ask for what does not exist"); // §4.6.4
  }

  /** §6.1. The explanation is the target's own (§6.2). */
  private Finding redirect(Term.Redirect redirect, DnsName domain, String text) {
    List<Step> here = List.of(step(domain, text, redirect.text()));
    Optional<MacroString> spec = Optional.of(redirect.domain());
    if (!mayAsk(spec)) {
      return Finding.error(SpfResult.PERMERROR, here, tooManyLookups());
    }
    Optional<DnsName> target = expansion.name(redirect.domain(), domain);
    if (target.isEmpty()) {
      return Finding.error(SpfResult.PERMERROR, here, NO_NAME);
    }
    Finding found = checkHost(target.get());
    boolean none = found.result() == SpfResult.NONE; // §6.1: permerror rather than none
    return new Finding(
        none ? SpfResult.PERMERROR : found.result(),
        Finding.path(here.getFirst(), found.path()),
        found.reason(),
        found.explanation());
  }

  private static Step step(DnsName domain, String record, String term) {
    return new Step(domain, record, Printable.text(term, SHOWN_TERM));
  }

  private Match match(Mechanism mechanism, DnsName domain) {
    return switch (mechanism) {
      case Mechanism.All _ -> Match.YES;
      case Mechanism.Ip4(Inet4Address network, int length) -> within(network, length);
      case Mechanism.Ip6(Inet6Address network, int length) -> within(network, length);
      case Mechanism.Include(MacroString spec) -> include(spec, domain);
      case Mechanism.A(Optional<MacroString> spec, CidrLengths lengths) ->
          ask(spec, domain, target -> addresses(target, lengths));
      case Mechanism.Mx(Optional<MacroString> spec, CidrLengths lengths) ->
          ask(spec, domain, target -> exchangers(target, lengths));
      case Mechanism.Ptr(Optional<MacroString> spec) ->
          ask(spec, domain, target -> Match.of(names.anyWithin(target)));
      case Mechanism.Exists(MacroString spec) -> ask(Optional.of(spec), domain, this::exists);
    };
  }

  private Match within(InetAddress network, int length) {
    return Match.of(CidrLengths.agree(network.getAddress(), clientOctets, length));
  }

  private Match ask(Optional<MacroString> spec, DnsName domain, Function<DnsName, Match> question) {
    if (!mayAsk(spec)) {
      return Match.permanent(tooManyLookups());
    }
    if (spec.isEmpty()) {
      return question.apply(domain);
    }
    // §4.8: a name that cannot be asked for, such as one with a label of 64, does not exist
    return expansion.neverMatches(spec.get())
        ? Match.NO
        : expansion.name(spec.get(), domain).map(question).orElse(Match.NO);
  }

  /** Counts a term that asks, and {@code %{p}} as one more when it is the first (§4.6.4). */
  private boolean mayAsk(Optional<MacroString> spec) {
    boolean asksForNames =
        spec.isPresent() && spec.get().uses(MacroLetter.CLIENT_NAME) && !names.areKnown();
    return questions.beginTerm() && (!asksForNames || questions.beginTerm());
  }

  private String tooManyLookups() {
    return "more than " + limits.lookups() + " terms ask name servers"; // §4.6.4
  }

  /** The table of §5.2. */
  private Match include(MacroString spec, DnsName domain) {
    if (!mayAsk(Optional.of(spec))) {
      return Match.permanent(tooManyLookups());
    }
    if (expansion.neverMatches(spec)) {
      return Match.NO;
    }
    Optional<DnsName> target = expansion.name(spec, domain);
    if (target.isEmpty()) {
      return Match.permanent(NO_NAME);
    }
    Finding found = checkHost(target.get());
    return switch (found.result()) {
      case PASS -> new Match.Yes(found.path());
      case FAIL, SOFTFAIL, NEUTRAL -> Match.NO;
      case TEMPERROR, PERMERROR -> new Match.Failed(found.result(), found.path(), found.reason());
      case NONE -> Match.permanent(found.reason());
    };
  }

  /** §5.3. */
  private Match addresses(DnsName host, CidrLengths lengths) {
    Answer<InetAddress> answer = questions.addresses(host);
    for (InetAddress address : answer.records()) {
      if (lengths.agree(address, client)) {
        return Match.YES;
      }
    }
    return answer.isTemporary() ? Match.unanswered("addresses of " + host, answer) : Match.NO;
  }

  /** §5.4, the most wanted exchanger first. Without any, the domain itself is none. */
  private Match exchangers(DnsName target, CidrLengths lengths) {
    Answer<MailExchanger> answer = questions.mx(target);
    if (answer.isTemporary()) {
      return Match.unanswered("MX of " + target, answer);
    }
    if (answer.records().size() > limits.mxNames()) { // §4.6.4
      return Match.permanent(target + " has more than " + limits.mxNames() + " mail exchangers");
    }
    for (MailExchanger exchanger : byPreference(answer.records())) {
      Match match =
          exchanger.host().map(host -> addresses(host, lengths)).orElse(Match.NO); // RFC 7505 §3
      if (!(match instanceof Match.No)) {
        return match;
      }
    }
    return Match.NO;
  }

  private static List<MailExchanger> byPreference(List<MailExchanger> exchangers) {
    if (exchangers.size() < 2) {
      return exchangers;
    }
    var sorted = new ArrayList<>(exchangers);
    sorted.sort(Comparator.comparingInt(MailExchanger::preference));
    return sorted;
  }

  /** §5.7: IPv4 addresses, whatever the client's family. */
  private Match exists(DnsName name) {
    Answer<InetAddress> answer = questions.ipv4(name);
    return answer.isTemporary()
        ? Match.unanswered("addresses of " + name, answer)
        : Match.of(!answer.records().isEmpty());
  }
}
