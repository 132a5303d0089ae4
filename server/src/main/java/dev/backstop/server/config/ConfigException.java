package dev.backstop.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The file cannot be used. Says everything that is wrong with it, not only the first thing. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final transient List<Problem> problems;

  ConfigException(Path file, List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> file + ": " + problem)
            .collect(Collectors.joining(System.lineSeparator())));
    this.file = file;
    this.problems = List.copyOf(problems);
  }

  public Path file() {
    return file;
  }

  /** At least one. */
  public List<Problem> problems() {
    return problems;
  }
}
