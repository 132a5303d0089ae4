package dev.backstop.cli.config;

import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.edge.tls.UnusableCertificateException;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.config.ConfigText;
import dev.backstop.server.gateway.GatewayDoor;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop config}. */
@Command(
    name = "config",
    description = "Check a configuration file, or show what is in effect.",
    footerHeading = "%nExamples:%n",
    footer = {"  backstop config check backstop.toml", "  backstop config show"})
public final class ConfigCommand {
  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Command(
      description = "Report everything that is wrong with a configuration file.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  backstop config check backstop.toml",
        "  backstop config check && systemctl restart backstop",
        "",
        "Exit status: 0 good, 64 wrong usage, 78 bad configuration."
      })
  int check(
      @Parameters(
              arity = "0..1",
              paramLabel = "FILE",
              description = "Default: the file that the other commands would use.")
          @Nullable Path file)
      throws ConfigException {
    Settings.Loaded loaded = Settings.load(file, null, System.getenv());
    err(loaded);
    try {
      GatewayDoor.checkCertificate(loaded.config());
    } catch (UnusableCertificateException e) {
      throw new CommandFailure(
          ExitStatus.CONFIG, name(loaded) + ": gateway.certificate: " + e.getMessage());
    }
    out().println(name(loaded) + ": good");
    return ExitStatus.DONE;
  }

  @Command(
      description = "Print every key with its effective value, as a file that could be used.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  backstop config show",
        "  backstop config show backstop.toml",
        "",
        "Exit status: 0 done, 64 wrong usage, 78 bad configuration."
      })
  int show(
      @Parameters(
              arity = "0..1",
              paramLabel = "FILE",
              description = "Default: the file that the other commands would use.")
          @Nullable Path file)
      throws ConfigException {
    Settings.Loaded loaded = Settings.load(file, null, System.getenv());
    err(loaded);
    out().println("# " + name(loaded));
    out().println("# data folder: " + loaded.data());
    out().print(ConfigText.render(loaded.config()));
    return ExitStatus.DONE;
  }

  private void err(Settings.Loaded loaded) {
    loaded
        .config()
        .warnings()
        .forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static String name(Settings.Loaded loaded) {
    return loaded.file() == null ? "no configuration file, the defaults" : loaded.file().toString();
  }
}
