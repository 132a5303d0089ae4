package dev.backstop.cli.ready;

import dev.backstop.cli.config.ReadStore;
import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.config.DomainConfig;
import dev.backstop.server.readiness.Readiness;
import dev.backstop.store.Store;
import dev.backstop.store.StoreException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code backstop ready}: reads the store of a server, which may be running or not. {@code
 * docs/enforcing.md} is its manual.
 */
@Command(
    name = "ready",
    description = "Say whether a domain can enforce, and what stands in the way.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop ready example.com",
      "  backstop ready --json | jq 'select(.safe | not)'",
      "",
      "Exit status: 0 all can enforce, 2 some cannot yet, 64 wrong usage, 73 no store yet or it",
      "cannot be read, 78 bad configuration."
    })
public final class ReadyCommand implements Callable<Integer> {
  /** As {@code doctor} ends when something needs attention. */
  static final int NOT_YET = 2;

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private final Settings settings = new Settings();

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  @Parameters(
      arity = "0..*",
      paramLabel = "DOMAIN",
      description = "Default: all domains of the configuration.")
  private List<String> names = List.of();

  @Override
  public Integer call() throws ConfigException {
    Settings.Loaded loaded = settings.load();
    List<DomainConfig> domains = domains(loaded);
    Instant now = Instant.now();
    PrintWriter out = spec.commandLine().getOut();
    boolean safe = true;
    try (Store store = ReadStore.open(loaded)) {
      Map<String, Instant> enforcing = store.enforcement().all();
      for (DomainConfig domain : domains) {
        Readiness readiness = Readiness.of(store, domain.name(), now);
        @Nullable Instant since = enforcing.get(domain.name());
        var answer = new ReadyAnswer(domain, readiness, since, now);
        out.print(json ? answer.json() + "\n" : answer.text());
        safe &= readiness.isSafe();
      }
    } catch (StoreException e) {
      throw new CommandFailure(ExitStatus.CANNOT_CREATE, String.valueOf(e.getMessage()));
    }
    out.flush();
    return safe ? ExitStatus.DONE : NOT_YET;
  }

  private List<DomainConfig> domains(Settings.Loaded loaded) {
    if (names.isEmpty()) {
      if (loaded.config().domains().isEmpty()) {
        throw new CommandFailure(
            ExitStatus.CONFIG, "the configuration names no domains; write  domains = [\"…\"]");
      }
      return List.copyOf(loaded.config().domains().values());
    }
    List<DomainConfig> domains = new ArrayList<>();
    for (String name : names) {
      domains.add(
          loaded
              .config()
              .domain(name)
              .orElseThrow(() ->
                  new CommandFailure(
                      ExitStatus.USAGE,
                      name
                          + " is not among the domains of the configuration: "
                          + String.join(", ", loaded.config().domains().keySet()))));
    }
    return domains;
  }
}
