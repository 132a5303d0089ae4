package dev.backstop.auth.doctor.spf;

import dev.backstop.auth.doctor.ask.HostAddresses;
import dev.backstop.auth.doctor.ask.Together;
import dev.backstop.auth.spf.MacroString;
import dev.backstop.auth.spf.Mechanism;
import dev.backstop.auth.spf.SpfRecord;
import dev.backstop.auth.spf.Term;
import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.MailExchanger;
import dev.backstop.dns.Resolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Follows an SPF record wherever it leads. Where a check would stop, it goes on for a while. */
public final class SpfLook {
  /** Terms that are followed in all; a check follows ten (RFC 7208 §4.6.4). */
  static final int MAX_TERMS = 40;

  /** Terms of one record that are kept; the first of them are followed. */
  static final int MAX_BRANCHES = 100;

  /** Mail exchangers of one {@code mx}; a check gives up at the eleventh (RFC 7208 §4.6.4). */
  static final int MAX_EXCHANGERS = 10;

  private static final int MAX_SEVERAL = 10;
  private static final int MAX_NEARLY = 3;

  private final Resolver resolver;
  private final SpfNames names;
  private int left = MAX_TERMS;

  private SpfLook(Resolver resolver, DnsName sender) {
    this.resolver = resolver;
    this.names = new SpfNames(sender);
  }

  /** Asks; at most some 900 questions, for a record that takes all there is to take. */
  public static SpfNode of(Resolver resolver, DnsName domain) {
    return new SpfLook(resolver, domain).look(domain, resolver.txt(domain), List.of());
  }

  private SpfNode look(DnsName domain, Answer<String> answer, List<DnsName> above) {
    return switch (answer) {
      case Answer.Found<String>(List<String> texts, boolean _) -> select(domain, texts, above);
      case Answer.NoData<String> _ -> new SpfNode.Missing(domain, true, List.of());
      case Answer.NoSuchName<String> _ -> new SpfNode.Missing(domain, false, List.of());
      case Answer.ServerFailure<String> _, Answer.Timeout<String> _ ->
          new SpfNode.Unanswered(domain, answer.describe());
    };
  }

  private SpfNode select(DnsName domain, List<String> texts, List<DnsName> above) {
    List<String> records = texts.stream().filter(SpfRecord::isSpf).limit(MAX_SEVERAL).toList();
    if (records.isEmpty()) {
      List<String> nearly = texts.stream().filter(SpfLook::isNearly).limit(MAX_NEARLY).toList();
      return new SpfNode.Missing(domain, true, nearly);
    }
    if (records.size() > 1) {
      return new SpfNode.Several(domain, records);
    }
    String text = records.getFirst();
    SpfRecord record = SpfRecord.parse(text).orElseThrow();
    List<DnsName> path = Stream.concat(above.stream(), Stream.of(domain)).toList();
    return new SpfNode.Published(
        domain, text, record, octets(domain, texts), branches(record, domain, path));
  }

  /** A text that somebody wrote for SPF; the version would have to be its first word. */
  private static boolean isNearly(String text) {
    String start = text.substring(0, Math.min(text.length(), 40)).toLowerCase(Locale.ROOT);
    return start.contains("spf1");
  }

  /** Header, question, and for each record its name as a pointer, its strings and their lengths. */
  private static int octets(DnsName domain, List<String> texts) {
    int records =
        texts.stream().mapToInt(text -> 12 + text.length() + text.length() / 255 + 1).sum();
    return 12 + domain.text().length() + 6 + records;
  }

  /** The terms that ask, up to the one that matches everybody (RFC 7208 §5.1, §6.1). */
  private static List<Term> reached(SpfRecord record) {
    List<Term> reached = new ArrayList<>();
    for (Term.Directive directive : record.directives()) {
      if (directive.mechanism() instanceof Mechanism.All) {
        return first(reached);
      }
      if (asks(directive.mechanism())) {
        reached.add(directive);
      }
    }
    record.redirect().ifPresent(reached::add);
    return first(reached);
  }

  private static List<Term> first(List<Term> terms) {
    return terms.subList(0, Math.min(terms.size(), MAX_BRANCHES));
  }

  private static boolean asks(Mechanism mechanism) {
    return switch (mechanism) {
      case Mechanism.All _, Mechanism.Ip4 _, Mechanism.Ip6 _ -> false;
      case Mechanism.Include _,
          Mechanism.A _,
          Mechanism.Mx _,
          Mechanism.Ptr _,
          Mechanism.Exists _ ->
          true;
    };
  }

  /**
   * Asks for all terms of a record at one time, and then follows them one after the other, so that
   * the same zone always gives the same tree.
   */
  private List<SpfNode.Branch> branches(SpfRecord record, DnsName domain, List<DnsName> path) {
    List<Term> terms = reached(record);
    List<Supplier<Supplier<SpfNode.Seen>>> questions =
        terms.stream().map(term -> question(term, domain, path)).toList();
    List<Supplier<SpfNode.Seen>> answers = Together.map(questions, Supplier::get);
    List<SpfNode.Branch> branches = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      branches.add(new SpfNode.Branch(terms.get(i), answers.get(i).get()));
    }
    return branches;
  }

  /** What to ask; it gives what to do when all others of the record have been asked, too. */
  private Supplier<Supplier<SpfNode.Seen>> question(Term term, DnsName domain, List<DnsName> path) {
    return switch (term) {
      case Term.Redirect redirect -> include(redirect.domain(), domain, path);
      case Term.Directive directive -> question(directive.mechanism(), domain, path);
      case Term.Explanation _, Term.UnknownModifier _, Term.Malformed _ ->
          known(new SpfNode.Unknown());
    };
  }

  private Supplier<Supplier<SpfNode.Seen>> question(
      Mechanism mechanism, DnsName domain, List<DnsName> path) {
    return switch (mechanism) {
      case Mechanism.Include(MacroString spec) -> include(spec, domain, path);
      case Mechanism.A a -> named(a.domain(), domain, this::hosts);
      case Mechanism.Mx mx -> named(mx.domain(), domain, this::exchangers);
      case Mechanism.Exists(MacroString spec) -> named(Optional.of(spec), domain, this::hosts);
      case Mechanism.Ptr _, Mechanism.All _, Mechanism.Ip4 _, Mechanism.Ip6 _ ->
          known(new SpfNode.Unknown());
    };
  }

  /** Nothing has to be asked. */
  private static Supplier<Supplier<SpfNode.Seen>> known(SpfNode.Seen seen) {
    return () -> () -> seen;
  }

  private Supplier<Supplier<SpfNode.Seen>> named(
      Optional<MacroString> spec, DnsName domain, Function<DnsName, SpfNode.Seen> ask) {
    Optional<DnsName> name = names.name(spec, domain);
    if (name.isEmpty() || !mayAsk()) {
      return known(new SpfNode.Unknown());
    }
    return () -> {
      SpfNode.Seen seen = ask.apply(name.get());
      return () -> seen;
    };
  }

  private Supplier<Supplier<SpfNode.Seen>> include(
      MacroString spec, DnsName domain, List<DnsName> path) {
    DnsName target = names.name(Optional.of(spec), domain).orElse(null);
    if (target == null) {
      return known(new SpfNode.Unknown());
    }
    if (path.contains(target)) {
      return known(new SpfNode.Included(new SpfNode.Loop(target)));
    }
    if (!mayAsk()) {
      return known(new SpfNode.Included(new SpfNode.Unread(target)));
    }
    return () -> {
      Answer<String> answer = resolver.txt(target);
      return () -> new SpfNode.Included(look(target, answer, path));
    };
  }

  private SpfNode.Seen hosts(DnsName name) {
    HostAddresses found = HostAddresses.of(resolver, name);
    return new SpfNode.Hosts(name, 0, found.addresses(), found.trouble());
  }

  private SpfNode.Seen exchangers(DnsName name) {
    Answer<MailExchanger> answer = resolver.mx(name);
    List<DnsName> hosts =
        answer.records().stream().flatMap(exchanger -> exchanger.host().stream()).toList();
    List<HostAddresses> found =
        Together.map(
            hosts.subList(0, Math.min(hosts.size(), MAX_EXCHANGERS)),
            host -> HostAddresses.of(resolver, host));
    Optional<String> trouble =
        answer.isTemporary()
            ? Optional.of(answer.describe())
            : found.stream().flatMap(host -> host.trouble().stream()).findFirst();
    return new SpfNode.Hosts(
        name,
        hosts.size(),
        found.stream().flatMap(host -> host.addresses().stream()).distinct().toList(),
        trouble);
  }

  private boolean mayAsk() {
    return left-- > 0;
  }
}
