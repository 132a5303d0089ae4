package dev.backstop.cli.config;

import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.config.ConfigReader;
import dev.backstop.server.config.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options {@code --config} and {@code --data}, the same for every command that has them. */
public final class Settings {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = {
        "Configuration file. Without it: $XDG_CONFIG_HOME/backstop/backstop.toml or",
        "/etc/backstop/backstop.toml when one exists, else the defaults."
      })
  private @Nullable Path file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Folder for everything that is written. Without it: what the configuration says, else",
        "'data' beside it, else $XDG_STATE_HOME/backstop or ~/.local/state/backstop."
      })
  private @Nullable Path data;

  /**
   * A configuration and where it comes from.
   *
   * @param file {@code null} for the defaults
   * @param data absolute; need not exist
   */
  public record Loaded(BackstopConfig config, @Nullable Path file, Path data) {}

  /**
   * Reads what the options, or the usual places, say.
   *
   * @throws ConfigException with every problem of the file
   */
  public Loaded load() throws ConfigException {
    return load(file, data, System.getenv());
  }

  /**
   * Reads one file, as if it were named by the option.
   *
   * @throws ConfigException with every problem of the file
   */
  public static Loaded of(Path file) throws ConfigException {
    return load(file, null, System.getenv());
  }

  static Loaded load(@Nullable Path file, @Nullable Path data, Map<String, String> environment)
      throws ConfigException {
    Path chosen = file == null ? usual(environment) : file;
    BackstopConfig config = chosen == null ? BackstopConfig.defaults() : ConfigReader.read(chosen);
    return new Loaded(config, chosen, DataFolder.of(data, config, chosen, environment));
  }

  private static @Nullable Path usual(Map<String, String> environment) {
    return Stream.of(ofUser(environment), Path.of("/etc"))
        .map(folder -> folder.resolve("backstop/backstop.toml"))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }

  private static Path ofUser(Map<String, String> environment) {
    Path set = Path.of(environment.getOrDefault("XDG_CONFIG_HOME", ""));
    return set.isAbsolute() ? set : Path.of(environment.getOrDefault("HOME", "/"), ".config");
  }
}
