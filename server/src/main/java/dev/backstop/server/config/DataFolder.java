package dev.backstop.server.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where everything that the program writes is kept. */
public final class DataFolder {
  private DataFolder() {}

  /**
   * The first that is given of: the flag, the key {@code data}, {@code data} beside the file, the
   * user's state folder (XDG Base Directory Specification). The folder need not exist.
   *
   * @param flag of the command line
   * @param file the configuration file; {@code null} when there is none
   * @param environment {@code XDG_STATE_HOME}, {@code HOME}
   */
  public static Path of(
      @Nullable Path flag,
      BackstopConfig config,
      @Nullable Path file,
      Map<String, String> environment) {
    if (flag != null) {
      return flag.toAbsolutePath().normalize();
    }
    if (config.data() != null) {
      return config.data();
    }
    if (file != null) {
      return file.toAbsolutePath().resolveSibling("data").normalize();
    }
    return state(environment).resolve("backstop");
  }

  /** "All paths set in these variables must be absolute; a relative one is to be ignored." */
  private static Path state(Map<String, String> environment) {
    Path set = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
    return set.isAbsolute()
        ? set
        : Path.of(environment.getOrDefault("HOME", "")).resolve(".local/state").toAbsolutePath();
  }
}
