package dev.backstop.cli.keys.dkim;

import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.dns.Resolver;
import dev.backstop.server.config.Dns;
import dev.backstop.server.config.NameServer;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;

/** {@code backstop keys dkim}: the steps in the life of a key, each a command. */
@Command(
    name = "dkim",
    description = "Make, publish, rotate, retire and import the keys that sign messages (DKIM).",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      NewCommand.class,
      PublishCommand.class,
      RotateCommand.class,
      RetireCommand.class,
      ListCommand.class,
      ImportCommand.class,
      ExportCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop keys dkim new example.com       make keys, print the records",
      "  backstop keys dkim publish example.com   print them again; with --dns: there?",
      "  backstop keys dkim rotate example.com    sign with them, retire the old ones",
      "",
      "A running server notices a change within seconds. Retired public keys are",
      "kept, to recognise what comes back."
    })
public final class DkimCommand {
  /** The value of {@code --dns} for the servers of the configuration. */
  static final String CONFIGURED = "configured";

  private BiFunction<String, Dns, Resolver> resolvers = DkimCommand::asking;

  /**
   * Sets how the value of {@code --dns} becomes a resolver.
   *
   * @param other gets {@code configured}, {@code system} or {@code HOST:PORT}, and the section
   *     {@code [dns]}; may throw IllegalArgumentException with what is wrong about it
   */
  public void resolvers(BiFunction<String, Dns, Resolver> other) {
    resolvers = other;
  }

  Resolver resolver(String text, Dns configured) {
    try {
      return resolvers.apply(text, configured);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitStatus.USAGE, "--dns " + text + ": " + e.getMessage());
    }
  }

  private static Resolver asking(String text, Dns configured) {
    Dns asked =
        switch (text) {
          case CONFIGURED -> configured;
          case "system" -> configured.withServers(List.of());
          default -> configured.withServers(List.of(NameServer.parse(text)));
        };
    return asked.toResolver(InstantSource.system());
  }
}
