package dev.backstop.cli.backscatterers;

import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.server.backscatterers.Backscatterers;
import dev.backstop.server.backscatterers.Listing;
import dev.backstop.server.config.ConfigException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code backstop backscatterers}: what is known of reporting hosts. */
@Command(
    name = "backscatterers",
    description = "Show which hosts answer forged mail, as counted here.",
    subcommands = ExportCommand.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop backscatterers",
      "  backstop backscatterers --networks --json",
      "  backstop backscatterers export --format postfix --output /etc/postfix/backscatterers.cidr",
      "",
      "Answers count half after a week, so they are no whole numbers. Counts of a running server",
      "are at most ten seconds old.",
      "",
      "Exit status: 0 done, 73 no store yet or it cannot be read, 78 bad configuration."
    })
public final class BackscatterersCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  /** What shows as 0.0 is as good as nothing. */
  private static final double SHOWN = 0.05;

  private final InstantSource clock = InstantSource.system();

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private final Settings settings = new Settings();

  @Option(names = "--networks", description = "Networks (/24 and /48) in the place of hosts.")
  private boolean networks;

  @Option(names = "--json", description = "Print one JSON object for each, one a line.")
  private boolean json;

  @Override
  public Integer call() throws ConfigException {
    Backscatterers list = StoredList.read(settings, UnaryOperator.identity(), clock);
    List<Listing> shown =
        (networks ? list.networks() : list.hosts())
            .stream().filter(each -> each.backscatter() + each.genuine() >= SHOWN).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      shown.forEach(each -> out.println(json(each)));
    } else {
      print(out, shown);
    }
    return ExitStatus.DONE;
  }

  private static void print(PrintWriter out, List<Listing> listings) {
    if (listings.isEmpty()) {
      out.println("No host has sent automatic mail that could be judged");
      return;
    }
    out.printf(
        "%-22s %8s %8s %5s  %-16s  %-6s  %s%n",
        "host", "false", "genuine", "share", "last", "listed", "name");
    for (Listing each : listings) {
      out.printf(
          Locale.ROOT,
          "%-22s %8.1f %8.1f %4d%%  %-16s  %-6s  %s%n",
          each.block(),
          each.backscatter(),
          each.genuine(),
          each.percent(),
          TIME.format(each.last()),
          each.listed() ? "yes" : "no",
          each.block().kind().isHost() ? each.name() : each.hosts() + " hosts");
    }
  }

  private static ObjectNode json(Listing listing) {
    ObjectNode object =
        JsonMapper.builder()
            .build()
            .createObjectNode()
            .put(listing.block().kind().toString(), listing.block().toString());
    if (listing.block().kind().isHost()) {
      object.put("name", listing.name().isEmpty() ? null : listing.name());
    } else {
      object.put("hosts", listing.hosts());
    }
    return object
        .put("false", rounded(listing.backscatter()))
        .put("genuine", rounded(listing.genuine()))
        .put("share", rounded(listing.share()))
        .put("last", listing.last().toString())
        .put("listed", listing.listed());
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
