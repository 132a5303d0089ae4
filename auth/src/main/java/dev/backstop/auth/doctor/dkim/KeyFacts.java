package dev.backstop.auth.doctor.dkim;

import dev.backstop.auth.dkim.KeyAnswer;
import dev.backstop.auth.dkim.KeyRecordParser;
import dev.backstop.auth.doctor.ask.Together;
import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The DKIM keys that could be found. Immutable.
 *
 * @param seen under the selectors that were given or are ours, in this order, whatever was found;
 *     then under usual selectors, only where there is a key
 * @param wildcard whether a selector that nobody has finds a key too
 * @param trouble what a name server did not answer for a usual selector
 */
public record KeyFacts(
    DnsName domain, List<Seen> seen, boolean wildcard, Optional<String> trouble) {
  /** Selectors that are asked for at most, the usual ones not counted. */
  public static final int MAX_SELECTORS = 50;

  /** Of large providers and of what programs propose. */
  private static final List<String> USUAL =
      List.of("google", "selector1", "selector2", "default", "dkim", "k1", "mail", "s1", "s2");

  private static final String NOBODYS = "backstop-looks-for-a-wildcard";

  public KeyFacts {
    seen = List.copyOf(seen);
  }

  /**
   * What stands under one selector.
   *
   * @param own ours of that selector, if there is one
   * @param usual whether it was only tried
   */
  public record Seen(
      String selector, DnsName name, Answer<String> answer, Optional<OwnKey> own, boolean usual) {

    /** The keys in it; empty when there is no record at all. */
    Optional<KeyAnswer> key() {
      return answer.records().isEmpty()
          ? Optional.empty()
          : Optional.of(KeyRecordParser.parse(answer.records()));
    }

    /** The texts that are meant as keys; others come from wildcards above. */
    List<String> keyRecords() {
      return answer.records().stream().filter(Seen::isMeantAsKey).toList();
    }

    private static boolean isMeantAsKey(String text) {
      String start = text.substring(0, Math.min(text.length(), 400)).replace(" ", "");
      return start.startsWith("v=DKIM1") || start.startsWith("p=") || start.contains(";p=");
    }
  }

  /** Asks; a question a selector. */
  public static KeyFacts look(
      Resolver resolver, DnsName domain, List<String> selectors, List<OwnKey> keys) {
    Map<String, Optional<OwnKey>> wanted = new LinkedHashMap<>();
    selectors.forEach(selector -> wanted.putIfAbsent(selector, Optional.empty()));
    keys.stream()
        .filter(key -> key.domain().equals(domain))
        .forEach(key -> wanted.put(key.selector(), Optional.of(key)));
    List<Seen> asked = new ArrayList<>();
    wanted.entrySet().stream()
        .limit(MAX_SELECTORS)
        .forEach(each -> asked.addAll(question(domain, each.getKey(), each.getValue(), false)));
    Stream.concat(USUAL.stream(), Stream.of(NOBODYS))
        .filter(selector -> !wanted.containsKey(selector))
        .forEach(selector -> asked.addAll(question(domain, selector, Optional.empty(), true)));
    return of(domain, Together.map(asked, question -> answered(resolver, question)));
  }

  /** Not yet answered; nothing when there can be no such name. */
  private static List<Seen> question(
      DnsName domain, String selector, Optional<OwnKey> own, boolean usual) {
    return domain.under(selector + "._domainkey").stream()
        .map(name -> new Seen(selector, name, new Answer.Timeout<>(), own, usual))
        .toList();
  }

  private static Seen answered(Resolver resolver, Seen question) {
    return new Seen(
        question.selector(),
        question.name(),
        resolver.txt(question.name()),
        question.own(),
        question.usual());
  }

  private static KeyFacts of(DnsName domain, List<Seen> answered) {
    boolean wildcard =
        answered.stream()
            .anyMatch(each -> each.selector().equals(NOBODYS) && !each.keyRecords().isEmpty());
    List<Seen> kept =
        answered.stream()
            .filter(each -> !each.usual() || (!wildcard && !each.keyRecords().isEmpty()))
            .toList();
    Optional<String> trouble =
        answered.stream()
            .filter(each -> each.usual() && each.answer().isTemporary())
            .map(each -> each.answer().describe())
            .findFirst();
    return new KeyFacts(domain, kept, wildcard, trouble);
  }

  /** Whether a key was found that can verify a signature, or a name server did not say. */
  public boolean mayHaveKey() {
    return wildcard
        || trouble.isPresent()
        || seen.stream()
            .anyMatch(each ->
                each.answer().isTemporary()
                    || each.key().filter(KeyAnswer.Found.class::isInstance).isPresent());
  }
}
