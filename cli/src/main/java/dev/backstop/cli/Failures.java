package dev.backstop.cli;

import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.server.config.ConfigException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** From what a command throws to what the user reads and the exit status. */
final class Failures {
  private Failures() {}

  /** The arguments are wrong. */
  static int usage(ParameterException failure, String[] args) {
    CommandLine line = failure.getCommandLine();
    PrintWriter err = line.getErr();
    String name = line.getCommandSpec().qualifiedName();
    err.println(name + ": " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("See '" + name + " --help'.");
    return ExitStatus.USAGE;
  }

  /** The command could not do its work. */
  static int execution(Exception failure, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    return switch (failure) {
      case ConfigException bad -> {
        err.println(bad.getMessage());
        yield ExitStatus.CONFIG;
      }
      case CommandFailure told -> {
        err.println(line.getCommandSpec().qualifiedName() + ": " + told.getMessage());
        yield told.status();
      }
      default -> {
        err.println("backstop: this is a fault in the program, please report it");
        failure.printStackTrace(err);
        yield ExitStatus.SOFTWARE;
      }
    };
  }
}
