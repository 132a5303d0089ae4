package dev.backstop.cli.recipients;

import dev.backstop.cli.exit.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop recipients}: {@code docs/recipients.md} is its manual. */
@Command(
    name = "recipients",
    exitCodeOnInvalidInput = ExitStatus.USAGE,
    description = "Ask the directories of the configuration whether an address exists.",
    subcommands = CheckCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop recipients check anna@example.com",
      "  backstop recipients check --json anna@example.com nobody@example.com",
      "",
      "Exit status: see  backstop recipients check --help"
    })
public final class RecipientsCommand implements Runnable {
  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? check");
  }
}
