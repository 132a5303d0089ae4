package dev.backstop.cli.auth;

import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.server.config.ConfigException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code backstop auth}: what the server would find about a sender. {@code docs/auth-command.md} is
 * its manual.
 */
@Command(
    name = "auth",
    exitCodeOnInvalidInput = ExitStatus.USAGE,
    description = "Check senders by SPF, DKIM and DMARC, as the server would.",
    subcommands = {SpfCommand.class, MessageCommand.class, DmarcCommand.class},
    synopsisSubcommandLabel = "[COMMAND]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop auth spf --ip 192.0.2.1 --from user@example.com --helo mx.example.com",
      "  backstop auth message --json mail.eml",
      "  backstop auth dmarc --author example.com --dkim-pass example.com",
      "  backstop auth --batch --dns 127.0.0.1:5353 < requests.jsonl > answers.jsonl",
      "",
      "Exit status: 0 done, whatever was found; 1 some input could not be read;",
      "64 wrong usage; 66 no such input; 74 standard output takes no more;",
      "78 bad configuration."
    })
public final class AuthCommand implements Callable<Integer> {
  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin AuthOptions options = new AuthOptions();

  @Override
  public Integer call() throws ConfigException {
    if (!options.batch) {
      throw new ParameterException(
          spec.commandLine(), "Which command? spf, message or dmarc; or --batch");
    }
    return options.batch(spec, Optional.empty());
  }
}
