package dev.backstop.cli.doctor;

import dev.backstop.auth.doctor.Doctor;
import dev.backstop.auth.doctor.Examination;
import dev.backstop.auth.doctor.Report;
import dev.backstop.auth.doctor.blocklist.Blocklist;
import dev.backstop.auth.doctor.dkim.KeyFacts;
import dev.backstop.auth.doctor.dkim.OwnKey;
import dev.backstop.auth.doctor.finding.Severity;
import dev.backstop.cli.check.print.Screen;
import dev.backstop.cli.check.print.Style;
import dev.backstop.cli.config.Settings;
import dev.backstop.cli.dns.DnsOption;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.dns.Budget;
import dev.backstop.dns.BudgetedResolver;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.config.Dns;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop doctor}; {@code docs/doctor.md} is its manual. */
@Command(
    name = "doctor",
    description =
        "Say what the world sees of a domain that sends and takes mail, and which records to"
            + " publish: MX, SPF, DKIM, DMARC, names of hosts, blocklists. Changes nothing.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop doctor example.com",
      "  backstop doctor --selector 2026a --selector news example.com example.net",
      "  backstop doctor --no-blocklists --dns 192.0.2.53:53 example.com",
      "  backstop doctor --blocklist bl.example.net --json example.com",
      "  backstop doctor --config backstop.toml --data /var/lib/backstop example.com",
      "",
      "Exit status, by the worst finding of all domains: 0 nothing worse than a note,",
      "2 a warning, 3 a problem, 4 something could not be found out and the rest is in",
      "order; 64 wrong usage, 78 bad configuration."
    })
public final class DoctorCommand implements Callable<Integer> {
  /** For one domain: more than the most tangled honest one needs, and not for ever. */
  private static final Budget BUDGET = new Budget(2_000, Duration.ofSeconds(60));

  private static final int MAX_BLOCKLISTS = 20;

  private final BiFunction<DnsOption, Dns, Resolver> resolvers;

  @Spec @Nullable CommandSpec spec;

  @Mixin private final Settings settings = new Settings();

  @Mixin private final DnsOption dns = new DnsOption();

  @Option(
      names = "--selector",
      paramLabel = "NAME",
      description =
          "Look for the DKIM key of this selector; may be given several times. The keys of this"
              + " installation and those of some usual selectors are looked for besides.")
  private List<String> selectors = List.of();

  @Option(
      names = "--blocklist",
      paramLabel = "ZONE",
      description =
          "Ask this blocklist, in the place of the usual ones; may be given several times.")
  private List<String> blocklists = List.of();

  @Option(names = "--no-blocklists", description = "Ask no blocklist.")
  private boolean noBlocklists;

  @Option(names = "--json", description = "Print one JSON object a domain, each on a line.")
  private boolean json;

  @Parameters(arity = "1..*", paramLabel = "DOMAIN", description = "Whom to examine.")
  private List<String> domains = List.of();

  public DoctorCommand() {
    this(DnsOption::resolver);
  }

  /**
   * The command with the means to ask.
   *
   * @param resolvers makes the resolver from the option and the configuration
   */
  DoctorCommand(BiFunction<DnsOption, Dns, Resolver> resolvers) {
    this.resolvers = resolvers;
  }

  @Override
  public Integer call() throws ConfigException {
    return run(Screen.ofProcess().style());
  }

  /** All but the finding of the terminal. */
  int run(Style style) throws ConfigException {
    List<DnsName> names = domains.stream().map(DoctorCommand::domain).distinct().toList();
    checkSelectors(names);
    List<Blocklist> lists = lists();
    Settings.Loaded loaded = settings.load();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    List<OwnKey> keys = OwnKeys.of(loaded.data(), Instant.now(), err);
    Resolver resolver = resolvers.apply(dns, loaded.config().dns());
    Severity worst = Severity.OK;
    for (DnsName name : names) {
      Report report =
          Doctor.examine(
              new BudgetedResolver(resolver, BUDGET, InstantSource.system()),
              new Examination(name, selectors, keys, lists));
      boolean first = name.equals(names.getFirst());
      out.print(json ? ReportJson.of(report) + "\n" : (first ? "" : "\n") + text(report, style));
      out.flush();
      worst = report.worst().compareTo(worst) > 0 ? report.worst() : worst;
    }
    return status(worst);
  }

  private static String text(Report report, Style style) {
    return TextReport.of(report, style);
  }

  private static int status(Severity worst) {
    return switch (worst) {
      case OK, NOTE -> ExitStatus.DONE;
      case CANNOT_TELL -> ExitStatus.NOT_FOUND_OUT;
      case WARNING -> ExitStatus.WARNINGS;
      case PROBLEM -> ExitStatus.PROBLEMS;
    };
  }

  private static DnsName domain(String text) {
    return DnsName.parse(text)
        .filter(Examination::isPlain)
        .filter(name -> name.labels() > 1)
        .orElseThrow(
            () -> usage("'%s' is no domain; give one such as example.com".formatted(text)));
  }

  private void checkSelectors(List<DnsName> names) {
    if (selectors.size() > KeyFacts.MAX_SELECTORS) {
      throw usage("at most " + KeyFacts.MAX_SELECTORS + " selectors can be looked for");
    }
    for (String selector : selectors) {
      boolean good =
          names.stream()
              .allMatch(name ->
                  name.under(selector + "._domainkey").filter(Examination::isPlain).isPresent());
      if (!good) {
        throw usage("'%s' is no selector; it stands as s= in signatures".formatted(selector));
      }
    }
  }

  private List<Blocklist> lists() {
    if (noBlocklists && !blocklists.isEmpty()) {
      throw usage("--blocklist and --no-blocklists exclude each other");
    }
    if (blocklists.size() > MAX_BLOCKLISTS) {
      throw usage("at most " + MAX_BLOCKLISTS + " blocklists can be asked");
    }
    if (noBlocklists) {
      return List.of();
    }
    return blocklists.isEmpty()
        ? Blocklist.USUAL
        : blocklists.stream().map(DoctorCommand::domain).distinct().map(Blocklist::of).toList();
  }

  private static CommandFailure usage(String message) {
    return new CommandFailure(ExitStatus.USAGE, message);
  }
}
