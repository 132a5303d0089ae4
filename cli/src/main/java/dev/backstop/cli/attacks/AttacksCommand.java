package dev.backstop.cli.attacks;

import dev.backstop.cli.config.ReadStore;
import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.server.attacks.Episode;
import dev.backstop.server.attacks.EpisodeJson;
import dev.backstop.server.config.ConfigException;
import dev.backstop.store.EpisodeRow;
import dev.backstop.store.Episodes;
import dev.backstop.store.StoreException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop attacks}: reads the store of a server, which may be running or not. */
@Command(
    name = "attacks",
    description = "List and explain joe-jobs: floods of answers to mail that others sent as us.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop attacks",
      "  backstop attacks --hours 168",
      "  backstop attacks --all --json",
      "  backstop attacks 20260301-120019-1",
      "",
      "Exit status: 0 done, 64 wrong usage, 66 no such attack, 73 no store yet or it cannot",
      "be read, 78 bad configuration."
    })
public final class AttacksCommand implements Callable<Integer> {
  private static final int MOST = 1_000;

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private final Settings settings = new Settings();

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "Explain this attack. Without it: list those of late.")
  private @Nullable String id;

  @Option(names = "--all", description = "List all that are kept.")
  private boolean all;

  @Option(
      names = "--hours",
      paramLabel = "N",
      defaultValue = "24",
      description = "List those seen in the last N hours, and those under way. Default: 24.")
  private int hours;

  @Option(names = "--json", description = "Print one JSON object an attack, each on a line.")
  private boolean json;

  @Override
  public Integer call() throws ConfigException {
    if (hours < 1) {
      throw new CommandFailure(ExitStatus.USAGE, "--hours takes a whole number from 1");
    }
    Settings.Loaded loaded = settings.load();
    List<Episode> attacks = attacks(loaded);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      attacks.forEach(attack -> out.println(EpisodeJson.render(attack)));
    } else if (id != null) {
      attacks.forEach(
          attack -> out.print(new AttackText(attack, loaded.config(), ZoneId.systemDefault())));
    } else {
      out.print(new AttackTable(attacks, ZoneId.systemDefault()));
    }
    return ExitStatus.DONE;
  }

  private List<Episode> attacks(Settings.Loaded loaded) {
    return ReadStore.ask(loaded, store -> rows(store.episodes())).stream()
        .map(EpisodeJson::fromRow)
        .toList();
  }

  private List<EpisodeRow> rows(Episodes episodes) throws StoreException {
    if (id == null) {
      Instant from = all ? Instant.EPOCH : Instant.now().minus(Duration.ofHours(hours));
      return episodes.list(from, MOST);
    }
    return List.of(
        episodes
            .find(id)
            .orElseThrow(() ->
                new CommandFailure(
                    ExitStatus.NO_INPUT,
                    "no attack " + id + " is kept; backstop attacks --all lists those that are")));
  }
}
