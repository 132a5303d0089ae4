package dev.backstop.cli.backscatterers;

import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.server.backscatterers.Backscatterers;
import dev.backstop.server.backscatterers.Block;
import dev.backstop.server.backscatterers.export.ListFormat;
import dev.backstop.server.backscatterers.export.ListSelection;
import dev.backstop.server.config.BackscattererRules;
import dev.backstop.server.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop backscatterers export}. */
@Command(
    name = "export",
    description = {
      "Write the listed hosts as a table for Postfix, a zone for rbldnsd or plain lines.",
      "Use them for null senders only, and never alone: big providers get listed too."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop backscatterers export --format postfix --output /etc/postfix/backscatterers.cidr",
      "  backstop backscatterers export --format rbldnsd --output /var/lib/rbldnsd/backscatterers",
      "  backstop backscatterers export --format text --networks --least 20",
      "",
      "Exit status: 0 done, 64 wrong usage, 73 no store yet or it cannot be read, or the file",
      "cannot be written (an old one stays), 78 bad configuration."
    })
final class ExportCommand implements Callable<Integer> {
  private final InstantSource clock = InstantSource.system();

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private final Settings settings = new Settings();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private ListFormat format = ListFormat.TEXT;

  @Option(
      names = "--least",
      paramLabel = "N",
      description =
          "False answers from which a host is listed. Default: what the configuration says.")
  private @Nullable Integer least;

  @Option(
      names = "--networks",
      description = "Whole networks (/24 and /48) where those are listed; other hosts beside them.")
  private boolean networks;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = {
        "Write to this file, in one step: whoever reads it sees the old list or the new one.",
        "Default: standard output."
      })
  private @Nullable Path output;

  @Override
  public Integer call() throws ConfigException {
    if (least != null && least < 1) {
      throw new CommandFailure(ExitStatus.USAGE, "--least takes a whole number from 1");
    }
    Backscatterers list = StoredList.read(settings, this::changed, clock);
    List<Block> blocks =
        networks ? ListSelection.networksAndHosts(list) : ListSelection.hosts(list);
    String text = format.render(blocks, clock.instant());
    PrintWriter out = spec.commandLine().getOut();
    if (output == null) {
      out.print(text);
      out.flush();
    } else {
      write(output, text);
      out.println(blocks.size() + (blocks.size() == 1 ? " entry" : " entries") + " in " + output);
    }
    return ExitStatus.DONE;
  }

  private BackscattererRules changed(BackscattererRules rules) {
    return least == null ? rules : rules.withLeast(least);
  }

  private static void write(Path file, String text) {
    try {
      WholeFile.write(file, text);
    } catch (IOException e) {
      throw new CommandFailure(ExitStatus.CANNOT_CREATE, "cannot write " + file + ": " + e);
    }
  }
}
