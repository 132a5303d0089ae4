package dev.backstop.auth.doctor.spf;

import dev.backstop.auth.doctor.ask.HostAddresses;
import dev.backstop.auth.doctor.ask.Together;
import dev.backstop.auth.spf.MacroLetter;
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
import java.util.concurrent.atomic.AtomicInteger;
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
  private final DnsName sender;
  private final AtomicInteger left = new AtomicInteger(MAX_TERMS);

  private SpfLook(Resolver resolver, DnsName sender) {
    this.resolver = resolver;
    this.sender = sender;
  }

  /** Asks; at most some 900 questions, for a record that takes all there is to take. */
  public static SpfNode of(Resolver resolver, DnsName domain) {
    return new SpfLook(resolver, domain).look(domain, List.of());
  }

  private SpfNode look(DnsName domain, List<DnsName> above) {
    if (above.contains(domain)) {
      return new SpfNode.Loop(domain);
    }
    Answer<String> answer = resolver.txt(domain);
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
    List<SpfNode.Branch> branches =
        Together.map(reached(record), term -> new SpfNode.Branch(term, follow(term, domain, path)));
    return new SpfNode.Published(domain, text, record, octets(domain, texts), branches);
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

  private SpfNode.Seen follow(Term term, DnsName domain, List<DnsName> path) {
    return switch (term) {
      case Term.Redirect redirect -> included(redirect.domain(), domain, path);
      case Term.Directive directive -> follow(directive.mechanism(), domain, path);
      case Term.Explanation _, Term.UnknownModifier _, Term.Malformed _ -> new SpfNode.Unknown();
    };
  }

  private SpfNode.Seen follow(Mechanism mechanism, DnsName domain, List<DnsName> path) {
    return switch (mechanism) {
      case Mechanism.Include(MacroString spec) -> included(spec, domain, path);
      case Mechanism.A a -> name(a.domain(), domain).map(this::hosts).orElse(new SpfNode.Unknown());
      case Mechanism.Mx mx ->
          name(mx.domain(), domain).map(this::exchangers).orElse(new SpfNode.Unknown());
      case Mechanism.Exists(MacroString spec) ->
          name(Optional.of(spec), domain).map(this::hosts).orElse(new SpfNode.Unknown());
      case Mechanism.Ptr _, Mechanism.All _, Mechanism.Ip4 _, Mechanism.Ip6 _ ->
          new SpfNode.Unknown();
    };
  }

  private SpfNode.Seen included(MacroString spec, DnsName domain, List<DnsName> path) {
    Optional<DnsName> target = name(Optional.of(spec), domain);
    if (target.isEmpty()) {
      return new SpfNode.Unknown();
    }
    return new SpfNode.Included(
        mayAsk() ? look(target.get(), path) : new SpfNode.Unread(target.get()));
  }

  private SpfNode.Seen hosts(DnsName name) {
    if (!mayAsk()) {
      return new SpfNode.Unknown();
    }
    HostAddresses found = HostAddresses.of(resolver, name);
    return new SpfNode.Hosts(name, 0, found.addresses(), found.trouble());
  }

  private SpfNode.Seen exchangers(DnsName name) {
    if (!mayAsk()) {
      return new SpfNode.Unknown();
    }
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
    return left.getAndDecrement() > 0;
  }

  /** Empty when it depends on more than the domain: on the client, its name, or the sender. */
  private Optional<DnsName> name(Optional<MacroString> spec, DnsName domain) {
    if (spec.isEmpty()) {
      return Optional.of(domain);
    }
    var text = new StringBuilder();
    for (MacroString.Part part : spec.get().parts()) {
      Optional<String> value = value(part, domain);
      if (value.isEmpty() || text.length() > DnsName.MAX_LENGTH) {
        return Optional.empty();
      }
      text.append(value.get());
    }
    return DnsName.parse(text.toString());
  }

  private Optional<String> value(MacroString.Part part, DnsName domain) {
    return switch (part) {
      case MacroString.Literal(String text) -> Optional.of(text);
      case MacroString.Escape escape -> Optional.of(escape.value());
      case MacroString.Macro macro -> value(macro, domain);
    };
  }

  private Optional<String> value(MacroString.Macro macro, DnsName domain) {
    boolean plain = macro.rightmost() == 0 && !macro.reversed() && macro.delimiters().isEmpty();
    if (plain && macro.letter() == MacroLetter.DOMAIN) {
      return Optional.of(domain.text());
    }
    return plain && macro.letter() == MacroLetter.SENDER_DOMAIN
        ? Optional.of(sender.text())
        : Optional.empty();
  }
}
