package dev.backstop.cli.demo;

import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.edge.UnableToListenException;
import dev.backstop.edge.tls.UnusableCertificateException;
import dev.backstop.server.BackstopServer;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.config.ConfigReader;
import dev.backstop.server.keys.UnusableKeyFileException;
import dev.backstop.store.UnableToOpenStoreException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The server as {@code serve} starts it, in a temporary folder and on free ports of the loopback
 * address. Closing removes the folder; so does the end of the process.
 */
final class RealBackstop implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      mode = "enforce"
      domains = ["ours.example"]
      tagging.except = ["lists.club.example"]
      milter.listen = ["127.0.0.1:0"]
      table.listen = ["127.0.0.1:0"]
      web.listen = []
      auth.check = false
      attacks.enabled = false
      """;

  private final BackstopServer server;
  private final Path folder;
  private final Thread atExit = Thread.ofPlatform().name("demo-end").unstarted(this::end);
  private boolean ended;

  private RealBackstop(BackstopServer server, Path folder) {
    this.server = server;
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts it.
   *
   * @throws CommandFailure when the temporary folder or the addresses cannot be had
   */
  static RealBackstop start(InstantSource clock) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("backstop-demo");
      Path file = Files.writeString(folder.resolve("backstop.toml"), CONFIGURATION);
      var server = BackstopServer.start(ConfigReader.read(file), folder.resolve("data"), clock);
      return new RealBackstop(server, folder);
    } catch (IOException
        | ConfigException
        | UnusableKeyFileException
        | UnusableCertificateException
        | UnableToOpenStoreException
        | UnableToListenException e) {
      if (folder != null) {
        remove(folder);
      }
      throw new CommandFailure(
          ExitStatus.UNAVAILABLE, "the server cannot be started: " + e.getMessage());
    }
  }

  SocketAddress milter() {
    return server.milterAddresses().getFirst().toSocketAddress();
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException _) {
      // the process is ending already, and has called us by the hook
    }
  }

  private synchronized void end() {
    if (!ended) {
      ended = true;
      server.close();
      remove(folder);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException _) {
      // it is a temporary folder: the system removes what is left
    }
  }
}
