package dev.backstop.cli.check.input;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The paths of the command line that are there, each once. */
public final class GivenPaths {
  private final List<String> present = new ArrayList<>();
  private final Set<Path> known = new HashSet<>();
  private final Complaints complaints;

  private GivenPaths(Complaints complaints) {
    this.complaints = complaints;
  }

  /** Tells which are missing, and which were named twice. */
  public static List<String> present(List<String> paths, Complaints complaints) {
    var given = new GivenPaths(complaints);
    paths.forEach(given::add);
    return given.present;
  }

  private void add(String text) {
    try {
      Path path = Path.of(text);
      if (text.isEmpty() || (!text.equals("-") && !Files.exists(path))) {
        complaints.problem(text, "no such file or folder");
      } else if (!known.add(path.toAbsolutePath().normalize())) {
        complaints.note(text + ": named twice, read once");
      } else {
        present.add(text);
      }
    } catch (InvalidPathException _) {
      complaints.problem(text, "no such file or folder");
    }
  }
}
