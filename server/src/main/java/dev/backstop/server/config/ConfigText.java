package dev.backstop.server.config;

import dev.backstop.bounce.policy.Policy;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a configuration as a file that reads back as the same configuration. */
public final class ConfigText {
  private ConfigText() {}

  /** Every key with its effective value. */
  public static String render(BackstopConfig config) {
    return Stream.of(
            general(config),
            senders(config),
            reporters(config),
            RecipientText.render(config.recipients()),
            doors(config),
            gateway(config),
            domains(config),
            addresses(config))
        .flatMap(List::stream)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<String> general(BackstopConfig config) {
    @Nullable Path data = config.data();
    return List.of(
        "mode = " + quoted(config.answers().mode()),
        "domains = " + list(config.domains().keySet()),
        "networks = " + list(config.networks()),
        data == null ? "# data: see --data" : "data = " + quoted(data),
        "",
        "[answers]",
        policy(config.answers().policy()),
        "",
        "[tagging]",
        "form = " + quoted(config.tagging().form()),
        "except = " + list(config.tagging().except()),
        "token = " + config.tagging().token(),
        "",
        "[journal]",
        "keep = " + quoted(Units.render(config.journal().keep())),
        "pause-tolerated = " + quoted(Units.render(config.journal().pauseTolerated())),
        "",
        "[events]",
        "keep = " + quoted(Units.render(config.events().keep())));
  }

  private static List<String> senders(BackstopConfig config) {
    Auth auth = config.auth();
    return List.of(
        "",
        "[dns]",
        "servers = " + list(config.dns().servers()),
        "timeout = " + quoted(Units.render(config.dns().timeout())),
        "",
        "[auth]",
        "check = " + auth.check(),
        auth.name().map(name -> "name = " + quoted(name)).orElse("# name: that of this host"),
        "max-queries = " + auth.maxQueries(),
        "time-limit = " + quoted(Units.render(auth.timeLimit())),
        "keep = " + quoted(Units.render(auth.keep())),
        "",
        "[dmarc]",
        "mode = " + quoted(config.dmarc().mode()),
        "except = " + list(config.dmarc().except()),
        "",
        "[attacks]",
        "enabled = " + config.attacks().enabled(),
        "least = " + config.attacks().least(),
        optional("webhook", config.attacks().webhook()),
        optional("webhook-secret-file", config.attacks().webhookSecretFile()));
  }

  private static List<String> reporters(BackstopConfig config) {
    BackscattererRules rules = config.backscatterers();
    return List.of(
        "",
        "[backscatterers]",
        "lists = " + list(rules.lists()),
        "half-life = " + quoted(Units.render(rules.halfLife())),
        "least = " + rules.least(),
        "share = " + rules.share(),
        "time-limit = " + quoted(Units.render(rules.timeLimit())));
  }

  private static List<String> doors(BackstopConfig config) {
    Milter milter = config.milter();
    return List.of(
        "",
        "[milter]",
        "listen = " + list(milter.listen()),
        "max-connections = " + milter.maxConnections(),
        "idle-timeout = " + quoted(Units.render(milter.idleTimeout())),
        "max-recipients = " + milter.maxRecipients(),
        "max-header-fields = " + milter.maxHeaderFields(),
        "max-header-size = " + quoted(Units.renderSize(milter.maxHeaderSize())),
        "body-limit = " + quoted(Units.renderSize(milter.bodyLimit())),
        "on-store-failure = " + quoted(milter.onStoreFailure()),
        "",
        "[table]",
        "listen = " + list(config.table().listen()),
        "",
        "[web]",
        "listen = " + list(config.web().listen()));
  }

  private static List<String> gateway(BackstopConfig config) {
    Gateway gateway = config.gateway();
    Gateway.ClientLimits clients = gateway.clientLimits();
    return List.of(
        "",
        "[gateway]",
        "listen = " + list(gateway.listen()),
        "next-hop = " + list(gateway.nextHop()),
        "outgoing-next-hop = " + list(gateway.outgoingNextHop()),
        "next-hop-tls = " + quoted(Words.of(gateway.nextHopTls())),
        "identify-client = " + quoted(Words.of(gateway.identifyClient())),
        "proxies = " + list(gateway.proxies()),
        optional("certificate", gateway.certificate()),
        optional("key", gateway.key()),
        "client-certificates = " + list(gateway.clientCertificates()),
        "auth = " + gateway.auth(),
        "line-ends = " + quoted(gateway.lineEnds()),
        "max-message-size = " + quoted(Units.renderSize(gateway.maxMessageSize())),
        "max-recipients = " + gateway.maxRecipients(),
        "max-connections = " + gateway.maxConnections(),
        "max-connections-per-client = " + clients.connections(),
        "max-connection-rate = " + clients.connectionsPerMinute(),
        "max-message-rate = " + clients.messagesPerMinute(),
        "max-refusal-rate = " + clients.refusalsPerMinute());
  }

  private static List<String> domains(BackstopConfig config) {
    return config.domains().values().stream()
        .flatMap(domain ->
            Stream.of(
                "",
                "[" + KeyPath.join("domain", domain.name()) + "]",
                answers(domain.answers()),
                "tag-form = " + quoted(domain.tagForm()),
                "dmarc = " + quoted(domain.dmarc())))
        .toList();
  }

  private static List<String> addresses(BackstopConfig config) {
    return config.addresses().entrySet().stream()
        .flatMap(entry ->
            Stream.of(
                "",
                "[" + KeyPath.join("address", entry.getKey().toString()) + "]",
                answers(entry.getValue())))
        .toList();
  }

  private static String answers(Answers answers) {
    return String.join(
        "\n",
        "mode = " + quoted(answers.mode()),
        "never-sends = " + answers.policy().neverSends(),
        policy(answers.policy()));
  }

  private static String policy(Policy policy) {
    return String.join(
        "\n",
        "backscatter = " + quoted(policy.backscatter()),
        "suspicious = " + quoted(policy.suspicious()),
        "unproven = " + quoted(policy.unproven()),
        "in-attack = " + quoted(policy.inAttack()),
        "refuse-at = " + quoted(policy.refuseAt()));
  }

  static String optional(String key, Optional<?> value) {
    return value.map(set -> key + " = " + quoted(set)).orElse("# " + key + ": none");
  }

  static String list(Collection<?> values) {
    return values.stream().map(ConfigText::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A basic string of TOML; the values have no control characters. */
  static String quoted(Object value) {
    return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
