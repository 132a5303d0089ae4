package dev.backstop.cli.status;

import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.cli.config.ReadStore;
import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.server.config.ConfigException;
import dev.backstop.store.Event;
import dev.backstop.store.EventSummary;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code backstop status}: reads the store of a server, which may be running or not. */
@Command(
    name = "status",
    description = "Show the automatic mail of the last day: what was genuine, false or unproven.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop status",
      "  backstop status --hours 168 --json",
      "",
      "Exit status: 0 done, 73 no store yet or it cannot be read, 78 bad configuration."
    })
public final class StatusCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneId.systemDefault());

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private final Settings settings = new Settings();

  @Option(
      names = "--hours",
      paramLabel = "N",
      defaultValue = "24",
      description = "How far back. Default: ${DEFAULT-VALUE}.")
  private int hours;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws ConfigException {
    if (hours < 1) {
      throw new CommandFailure(ExitStatus.USAGE, "--hours takes a whole number from 1");
    }
    Settings.Loaded loaded = settings.load();
    Instant from = Instant.now().minus(Duration.ofHours(hours));
    EventSummary summary = ReadStore.ask(loaded, store -> store.events().summary(from));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(summary, from));
    } else {
      print(out, summary);
    }
    return ExitStatus.DONE;
  }

  private void print(PrintWriter out, EventSummary summary) {
    out.printf("Automatic mail of the last %d hours%n", hours);
    if (summary.counts().isEmpty()) {
      out.println("  none");
      return;
    }
    out.printf("%n  %-28s %-12s %-8s %10s%n", "domain", "verdict", "was", "messages");
    for (EventSummary.Count count : summary.counts()) {
      out.printf(
          "  %-28s %-12s %-8s %,10d%n",
          count.domain(), count.verdict(), count.action(), count.events());
    }
    out.printf("%n  %-28s %10s %12s%n", "most from", "messages", "backscatter");
    summary.peers().stream()
        .limit(5)
        .forEach(peer ->
            out.printf("  %-28s %,10d %,12d%n", peer.peer(), peer.events(), peer.backscatter()));
    out.println();
    out.println("  the latest");
    summary.recent().stream().limit(5).forEach(event -> print(out, event));
  }

  private static void print(PrintWriter out, Event event) {
    String to = event.recipient() == null ? event.domain() : event.recipient();
    out.printf(
        "  %s  %-11s %-8s %s%n", TIME.format(event.at()), event.verdict(), event.action(), to);
    out.println("      " + event.explanation());
  }

  private static String json(EventSummary summary, Instant from) {
    var root = JsonMapper.builder().build().createObjectNode();
    root.put("since", from.toString());
    var counts = root.putArray("counts");
    for (EventSummary.Count count : summary.counts()) {
      counts
          .addObject()
          .put("domain", count.domain())
          .put("verdict", text(count.verdict()))
          .put("action", count.action())
          .put("messages", count.events());
    }
    var peers = root.putArray("peers");
    for (EventSummary.PeerCount peer : summary.peers()) {
      peers
          .addObject()
          .put("peer", peer.peer())
          .put("messages", peer.events())
          .put("backscatter", peer.backscatter());
    }
    var recent = root.putArray("recent");
    for (Event event : summary.recent()) {
      recent
          .addObject()
          .put("at", event.at().toString())
          .put("verdict", text(event.verdict()))
          .put("action", event.action())
          .put("recipient", event.recipient())
          .put("peer", event.peer())
          .put("explanation", event.explanation());
    }
    return root.toString();
  }

  private static String text(Verdict verdict) {
    return verdict.toString();
  }
}
