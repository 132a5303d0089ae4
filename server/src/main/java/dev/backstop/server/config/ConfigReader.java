package dev.backstop.server.config;

import dev.backstop.bounce.tag.TagForm;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.edge.ListenAddress;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads the configuration. Everything in the file is optional. */
public final class ConfigReader {
  /** Octets; ten thousand domains need a fifth of it. */
  private static final int MAX_FILE = 4 * 1024 * 1024;

  private ConfigReader() {}

  /**
   * Reads and checks a file.
   *
   * @throws ConfigException with every problem of the file
   */
  public static BackstopConfig read(Path file) throws ConfigException {
    return parse(text(file), file);
  }

  static BackstopConfig parse(String text, Path file) throws ConfigException {
    Problems problems = new Problems(new Lines(text));
    BackstopConfig config = backstop(new Section(tree(text, file), "", problems), file);
    if (!problems.isEmpty()) {
      throw new ConfigException(file, problems.sorted());
    }
    return config;
  }

  /** Every key there is; a star stands for a name that the user chooses. */
  static List<String> keys() {
    Problems problems = new Problems(new Lines(""));
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putObject("domain").putObject("*");
    root.putObject("address").putObject("*");
    backstop(new Section(root, "", problems), Path.of(""));
    return List.copyOf(problems.keys());
  }

  private static BackstopConfig backstop(Section file, Path place) {
    BackstopConfig defaults = BackstopConfig.defaults();
    AnswerMode mode = file.choice("mode", defaults.answers().mode());
    Answers answers = new Answers(mode, Answers.general(file.table("answers")));
    List<String> names = file.list("domains", List.of(), "[\"example.com\"]", DomainName::parse);
    Tagging tagging = tagging(file.table("tagging"));
    Dmarc dmarc = Dmarc.read(file.table("dmarc"));
    DomainConfig general = new DomainConfig("", answers, tagging.form(), dmarc.mode());
    Map<String, DomainConfig> domains = domains(file, names, general);
    BackstopConfig config =
        new BackstopConfig(
            answers,
            domains,
            addresses(file, domains),
            file.list(
                "networks",
                defaults.networks(),
                "[\"127.0.0.0/8\", \"192.0.2.0/24\"]",
                ConfigReader::clients),
            file.value("data", "\"/var/lib/backstop\"", text -> path(place, text)).orElse(null),
            tagging,
            Journal.read(file.table("journal")),
            events(file.table("events")),
            Dns.read(file.table("dns")),
            Auth.read(file.table("auth")),
            dmarc,
            BackscattererRules.read(file.table("backscatterers")),
            Attacks.read(file.table("attacks"), text -> path(place, text)),
            RecipientRules.read(file.table("recipients"), text -> path(place, text)),
            milter(file.table("milter")),
            Gateway.read(file.table("gateway"), text -> path(place, text)),
            new Table(listen(file.table("table"), Table.DEFAULT.listen())),
            new Web(web(file.table("web"))));
    file.refuseOthers();
    ListenConflicts.report(config, file);
    return config;
  }

  private static Map<String, DomainConfig> domains(
      Section file, List<String> names, DomainConfig general) {
    Map<String, DomainConfig> domains = new LinkedHashMap<>();
    names.forEach(name -> domains.put(name, general.named(name)));
    file.tables("domain").forEach((name, section) -> override(file, domains, name, section));
    return domains;
  }

  private static void override(
      Section file, Map<String, DomainConfig> domains, String name, Section section) {
    DomainConfig listed = domains.get(DomainName.parseOrSame(name));
    DomainConfig base =
        listed == null
            ? new DomainConfig(name, Answers.DEFAULT, TagForm.PRVS, Mode.OBSERVE)
            : listed;
    DomainConfig own = base.overriddenBy(section);
    if (listed == null) {
      file.refuse(KeyPath.join("domain", name), null, "is not in the list domains");
    } else {
      domains.put(listed.name(), own);
    }
  }

  private static Map<Mailbox, Answers> addresses(Section file, Map<String, DomainConfig> domains) {
    Map<Mailbox, Answers> addresses = new LinkedHashMap<>();
    file.tables("address")
        .forEach((written, section) -> {
          String key = KeyPath.join("address", written);
          Optional<Mailbox> address = mailbox(written);
          DomainConfig domain = address.map(each -> domains.get(each.domain())).orElse(null);
          Answers base = domain == null ? Answers.DEFAULT : domain.answers();
          Answers own = base.overriddenBy(section);
          section.refuseOthers();
          if (address.isEmpty()) {
            file.refuse(key, null, "is not a mailbox such as \"noreply@example.com\"");
          } else if (domain == null) {
            file.refuse(key, null, "is in no domain of the list domains");
          } else if (addresses.put(BackstopConfig.fold(address.get()), own) != null) {
            file.refuse(key, null, "stands twice, in another case");
          }
        });
    return addresses;
  }

  private static Optional<Mailbox> mailbox(String text) {
    try {
      return Optional.of(Mailbox.parse(text));
    } catch (AddressSyntaxException e) {
      return Optional.empty();
    }
  }

  private static Tagging tagging(Section section) {
    Tagging tagging =
        new Tagging(
            section.choice("form", Tagging.DEFAULT.form()),
            section.list(
                "except",
                Tagging.DEFAULT.except(),
                "[\"lists.example.org\", \"owner@list.example\"]",
                Destination::parse),
            section.flag("token", Tagging.DEFAULT.token()));
    section.refuseOthers();
    return tagging;
  }

  private static Events events(Section section) {
    Duration keep =
        section.duration("keep", Events.DEFAULT.keep(), Duration.ofDays(1), Duration.ofDays(3660));
    section.refuseOthers();
    return new Events(keep);
  }

  private static Milter milter(Section section) {
    Milter defaults = Milter.DEFAULT;
    int mebi = 1024 * 1024;
    Milter milter =
        new Milter(
            section.list("listen", defaults.listen(), "[\"127.0.0.1:8891\"]", ListenAddress::parse),
            section.number("max-connections", defaults.maxConnections(), 1, 1_000_000),
            section.duration(
                "idle-timeout", defaults.idleTimeout(), Duration.ofSeconds(1), Duration.ofDays(1)),
            section.number("max-recipients", defaults.maxRecipients(), 100, 1_000_000),
            section.number("max-header-fields", defaults.maxHeaderFields(), 100, 100_000),
            section.size("max-header-size", defaults.maxHeaderSize(), 16 * 1024, 16 * mebi),
            section.size("body-limit", defaults.bodyLimit(), 16 * 1024, 64 * mebi),
            section.choice("on-store-failure", defaults.onStoreFailure()));
    section.refuseOthers();
    return milter;
  }

  private static List<ListenAddress> listen(Section section, List<ListenAddress> fallback) {
    List<ListenAddress> listen =
        section.list("listen", fallback, "[\"127.0.0.1:8892\"]", ListenAddress::parse);
    section.refuseOthers();
    return listen;
  }

  private static List<ListenAddress.Tcp> web(Section section) {
    List<ListenAddress.Tcp> listen =
        section.list("listen", Web.DEFAULT.listen(), "\"127.0.0.1:8025\"", ListenAddress::parseTcp);
    section.refuseOthers();
    return listen;
  }

  /** Others would make strangers' mail our own, switch everything off, and open the gateway. */
  private static Network clients(String text) {
    Network network = Network.parse(text);
    if (network.prefix() < network.leastPrefix()) {
      throw new IllegalArgumentException("would take all mail of the world for outgoing mail");
    }
    return network;
  }

  /** Relative to the file, so that it means the same wherever the program is started. */
  private static Path path(Path file, String text) {
    try {
      if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("must be a path");
      }
      return file.toAbsolutePath().resolveSibling(text).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("not a path: " + e.getReason(), e);
    }
  }

  private static ObjectNode tree(String text, Path file) throws ConfigException {
    try {
      JsonNode root = new TomlMapper().readTree(text);
      return root instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
      throw unusable(file, line, "not TOML: " + e.getOriginalMessage());
    }
  }

  private static String text(Path file) throws ConfigException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE + 1);
      if (bytes.length > MAX_FILE) {
        throw unusable(file, 0, "longer than " + Units.renderSize(MAX_FILE));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw unusable(file, 0, "not UTF-8 text");
    } catch (NoSuchFileException e) {
      throw unusable(file, 0, "no such file");
    } catch (IOException e) {
      throw unusable(file, 0, "cannot be read: " + e.getMessage());
    }
  }

  private static ConfigException unusable(Path file, int line, String reason) {
    @Nullable String nothing = null;
    return new ConfigException(file, List.of(new Problem(line, "", nothing, reason, nothing)));
  }
}
