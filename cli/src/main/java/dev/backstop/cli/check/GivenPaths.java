package dev.backstop.cli.check;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The paths of the command line that are there, each once. */
final class GivenPaths {
  private final List<String> present = new ArrayList<>();
  private final Set<Path> known = new HashSet<>();
  private final Report report;

  private GivenPaths(Report report) {
    this.report = report;
  }

  /** Tells which are missing, and which were named twice. */
  static List<String> present(List<String> paths, Report report) {
    var given = new GivenPaths(report);
    paths.forEach(given::add);
    return given.present;
  }

  private void add(String text) {
    try {
      Path path = Path.of(text);
      if (text.isEmpty() || (!text.equals("-") && !Files.exists(path))) {
        report.problem(text, "no such file or folder");
      } else if (!known.add(path.toAbsolutePath().normalize())) {
        report.note(text + ": named twice, read once");
      } else {
        present.add(text);
      }
    } catch (InvalidPathException _) {
      report.problem(text, "no such file or folder");
    }
  }
}
