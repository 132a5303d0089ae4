package dev.backstop.cli.serve;

import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.edge.UnableToListenException;
import dev.backstop.edge.tls.UnusableCertificateException;
import dev.backstop.server.BackstopServer;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.keys.UnusableKeyFileException;
import dev.backstop.store.UnableToOpenStoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop serve}: runs until it is told to stop. */
@Command(
    name = "serve",
    description = "Run the server: milter, SMTP gateway, table for Postfix, metrics and health.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop serve --domain example.com",
      "  backstop serve --config /etc/backstop/backstop.toml",
      "",
      "SIGHUP reads configuration and keys again without dropping a session; SIGTERM ends",
      "after the messages that are being judged.",
      "",
      "Exit status: 0 stopped, 64 wrong usage, 69 an address is in use, 73 keys or store",
      "cannot be used, 78 bad configuration."
    })
public final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private final Settings settings = new Settings();

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      description = "A domain of ours, instead of those in the configuration. May be repeated.")
  private List<String> domains = List.of();

  @Override
  public Integer call() throws ConfigException, InterruptedException {
    Settings.Loaded loaded = settings.load();
    BackstopConfig config = withDomains(loaded.config());
    BackstopServer server = start(config, loaded);
    var stopped = new CountDownLatch(1);
    // Whatever else ends the process closes the server too; closing it twice does no harm.
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(server)));
    Signals.on("HUP", () -> reload(server));
    Signals.on("TERM", stopped::countDown);
    Signals.on("INT", stopped::countDown);
    PrintWriter out = spec.commandLine().getOut();
    Greeting.print(out, server, config, loaded);
    config
        .warnings()
        .forEach(warning -> LOG.atWarn().addKeyValue("reason", warning).log("configuration"));
    stopped.await();
    stop(server);
    return ExitStatus.DONE;
  }

  private BackstopConfig withDomains(BackstopConfig config) {
    try {
      return domains.isEmpty() ? config : config.withDomains(domains);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitStatus.USAGE, "--domain: " + e.getMessage());
    }
  }

  private static BackstopServer start(BackstopConfig config, Settings.Loaded loaded) {
    try {
      return BackstopServer.start(config, loaded.data(), InstantSource.system());
    } catch (UnusableKeyFileException
        | UnusableCertificateException
        | UnableToOpenStoreException e) {
      throw new CommandFailure(ExitStatus.CANNOT_CREATE, String.valueOf(e.getMessage()));
    } catch (UnableToListenException | IOException e) {
      throw new CommandFailure(ExitStatus.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private void reload(BackstopServer server) {
    try {
      server.reload(withDomains(settings.load().config()));
    } catch (ConfigException | CommandFailure e) {
      LOG.atError()
          .addKeyValue("reason", e.getMessage())
          .addKeyValue("consequence", "the old configuration stays")
          .log("reload-failed");
    }
  }

  private static void stop(BackstopServer server) {
    server.close();
  }
}
