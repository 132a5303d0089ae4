package dev.backstop.cli;

import dev.backstop.cli.address.AddressCommand;
import dev.backstop.cli.attacks.AttacksCommand;
import dev.backstop.cli.auth.AuthCommand;
import dev.backstop.cli.backscatterers.BackscatterersCommand;
import dev.backstop.cli.check.CheckCommand;
import dev.backstop.cli.config.ConfigCommand;
import dev.backstop.cli.demo.DemoCommand;
import dev.backstop.cli.doctor.DoctorCommand;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.cli.keys.KeysCommand;
import dev.backstop.cli.log.LogLevel;
import dev.backstop.cli.log.LogSetup;
import dev.backstop.cli.ready.ReadyCommand;
import dev.backstop.cli.recipients.RecipientsCommand;
import dev.backstop.cli.serve.ServeCommand;
import dev.backstop.cli.status.StatusCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code backstop}: finds the command and turns how it ended into an exit status. */
@Command(
    name = "backstop",
    description = "Ends e-mail backscatter on both sides of a mail system.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop serve --domain example.com",
      "  backstop check --json message.eml",
      "  backstop COMMAND --help",
      "",
      "Exit status: 0 done, 1 some input could not be read, 64 wrong usage, 66 no such",
      "input, 69 something needed is missing, 78 bad configuration."
    })
public final class Main implements Runnable {
  /** Every command, in the order of the help. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          ServeCommand.class,
          DemoCommand.class,
          CheckCommand.class,
          AuthCommand.class,
          DoctorCommand.class,
          StatusCommand.class,
          ReadyCommand.class,
          BackscatterersCommand.class,
          AttacksCommand.class,
          KeysCommand.class,
          AddressCommand.class,
          RecipientsCommand.class,
          ConfigCommand.class);

  private static final OptionSpec VERSION =
      OptionSpec.builder("--version")
          .versionHelp(true)
          .description("Print the version and end.")
          .build();

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      scope = ScopeType.INHERIT,
      description = "What is logged on standard error: ${COMPLETION-CANDIDATES}. Default: info.")
  void logLevel(LogLevel level) {
    LogSetup.level(level);
  }

  /** Runs one command and ends the process. */
  public static void main(String[] args) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    int status = run(out, err, args);
    out.flush();
    err.flush();
    System.exit(status);
  }

  /** Runs one command in this process. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return commandLine().setOut(out).setErr(err).execute(args);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    COMMANDS.forEach(line::addSubcommand);
    line.getCommandSpec().addOption(VERSION);
    addHelp(line);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Terminal.ansi()))
        .setParameterExceptionHandler(Failures::usage)
        .setExecutionExceptionHandler(Failures::execution);
  }

  /** Without a command. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  /** {@code --help} everywhere, so that no command can forget it. */
  private static void addHelp(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    if (!spec.optionsMap().containsKey("--help")) {
      spec.addOption(
          OptionSpec.builder("-h", "--help")
              .usageHelp(true)
              .description("Show this help and end.")
              .build());
    }
    spec.exitCodeOnInvalidInput(ExitStatus.USAGE).exitCodeOnExecutionException(ExitStatus.SOFTWARE);
    line.getSubcommands().values().forEach(Main::addHelp);
  }

  /** UTF-8 whatever the locale: our JSON is read by programs. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
