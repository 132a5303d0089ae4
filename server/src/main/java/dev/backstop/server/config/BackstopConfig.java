package dev.backstop.server.config;

import dev.backstop.edge.ListenAddress;
import dev.backstop.mail.address.Mailbox;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the file says, checked and complete. Immutable.
 *
 * @param answers of domains that set nothing of their own
 * @param domains that are ours by name, in the order of the file
 * @param addresses of ours that differ from their domains, folded as {@link #fold} does
 * @param networks whose clients send our mail
 * @param data folder for all that is written; {@code null} when the file does not say, see {@link
 *     DataFolder}
 */
public record BackstopConfig(
    Answers answers,
    Map<String, DomainConfig> domains,
    Map<Mailbox, Answers> addresses,
    List<Network> networks,
    @Nullable Path data,
    Tagging tagging,
    Journal journal,
    Events events,
    Dns dns,
    Auth auth,
    Dmarc dmarc,
    BackscattererRules backscatterers,
    Attacks attacks,
    RecipientRules recipients,
    Milter milter,
    Gateway gateway,
    Table table,
    Web web) {

  private static final BackstopConfig DEFAULTS =
      new BackstopConfig(
          Answers.DEFAULT,
          Map.of(),
          Map.of(),
          List.of(Network.LOOPBACK_4, Network.LOOPBACK_6),
          null,
          Tagging.DEFAULT,
          Journal.DEFAULT,
          Events.DEFAULT,
          Dns.DEFAULT,
          Auth.DEFAULT,
          Dmarc.DEFAULT,
          BackscattererRules.DEFAULT,
          Attacks.DEFAULT,
          RecipientRules.DEFAULT,
          Milter.DEFAULT,
          Gateway.DEFAULT,
          Table.DEFAULT,
          Web.DEFAULT);

  public BackstopConfig {
    domains = Collections.unmodifiableMap(new LinkedHashMap<>(domains));
    addresses = Collections.unmodifiableMap(new LinkedHashMap<>(addresses));
    networks = List.copyOf(networks);
  }

  /** What an empty file says. */
  public static BackstopConfig defaults() {
    return DEFAULTS;
  }

  /**
   * The domain of ours with that name.
   *
   * @param name in any case, with A-labels or U-labels
   */
  public Optional<DomainConfig> domain(String name) {
    DomainConfig found = domains.get(name.toLowerCase(Locale.ROOT));
    return Optional.ofNullable(
        found == null && !DomainName.isAscii(name)
            ? domains.get(DomainName.parseOrSame(name))
            : found);
  }

  /**
   * The same with other domains of ours, each with the mode and form that are the default here.
   *
   * @throws IllegalArgumentException when a name is no domain name; says why
   */
  public BackstopConfig withDomains(Collection<String> names) {
    Map<String, DomainConfig> others = new LinkedHashMap<>();
    for (String written : names) {
      String name = DomainName.parse(written);
      others.put(name, new DomainConfig(name, answers, tagging.form(), dmarc.mode()));
    }
    return new BackstopConfig(
        answers,
        others,
        Map.of(),
        networks,
        data,
        tagging,
        journal,
        events,
        dns,
        auth,
        dmarc,
        backscatterers,
        attacks,
        recipients,
        milter,
        gateway,
        table,
        web);
  }

  /**
   * How answers to this address are treated; empty when its domain is not ours.
   *
   * @param plain without tag, compared without regard to case
   */
  public Optional<Answers> answers(Mailbox plain) {
    Answers own = addresses.isEmpty() ? null : addresses.get(fold(plain));
    return own == null ? domain(plain.domain()).map(DomainConfig::answers) : Optional.of(own);
  }

  /** Whether a domain or an address is to be enforced as soon as that is safe. */
  public boolean switchesByItself(String domain) {
    return Stream.concat(
            domain(domain).map(DomainConfig::answers).stream(),
            addresses.entrySet().stream()
                .filter(entry -> entry.getKey().domain().equals(domain))
                .map(Map.Entry::getValue))
        .anyMatch(each -> each.mode() == AnswerMode.AUTO);
  }

  /** Mail servers fold the case of local parts, whatever RFC 5321 §2.4 says. */
  public static Mailbox fold(Mailbox address) {
    return address.withLocalPart(address.localPart().toLowerCase(Locale.ROOT));
  }

  /** Whether mail from that client is outgoing. */
  public boolean isOurs(InetAddress client) {
    return networks.stream().anyMatch(network -> network.contains(client));
  }

  /** What is allowed but should be meant: one sentence each, none in the default. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (domains.isEmpty()) {
      warnings.add("domains is empty: no mail is ours, so nothing is signed and nothing refused");
    }
    listening()
        .filter(ListenAddress::isPublic)
        .map(address -> address + " can be reached from other machines, and whoever connects")
        .map(start -> start + " is believed: put a firewall before it")
        .forEach(warnings::add);
    return List.copyOf(warnings);
  }

  private Stream<ListenAddress> listening() {
    return Stream.of(milter.listen(), table.listen(), web.listen()).flatMap(List::stream);
  }
}
