package dev.backstop.bench.lab;

import dev.backstop.cli.log.QuietLog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the laboratory and prints what it found: {@code VerdictLab [--every N] [--matrix FILE]
 * [FOLDER…]}. With the generated messages always, with every Nth of the folders' automatic ones.
 */
public final class VerdictLab {
  private VerdictLab() {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    int every = 1;
    Path matrix = null;
    List<Path> folders = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--every" -> every = Integer.parseInt(arguments[++i]);
        case "--matrix" -> matrix = Path.of(arguments[++i]);
        default -> folders.add(Path.of(arguments[i]));
      }
    }
    List<Specimen> specimens = new ArrayList<>(Specimens.generated(2));
    for (Path folder : folders) {
      List<Specimen> found = Specimens.of(folder, every);
      System.out.println(folder.getFileName() + ": " + found.size() + " automatic messages");
      specimens.addAll(found);
    }
    Path folder = Files.createTempDirectory("backstop-laboratory");
    try (var _ = new QuietLog();
        var laboratory = new Laboratory(folder)) {
      for (Specimen specimen : specimens) {
        laboratory.examine(specimen);
      }
      print(laboratory, specimens.size(), matrix);
    } finally {
      delete(folder);
    }
  }

  private static void print(Laboratory laboratory, int specimens, @Nullable Path matrix)
      throws IOException {
    System.out.println(specimens + " messages, " + laboratory.matrix().size() + " rows");
    laboratory.leftOut().forEach(reason -> System.out.println("left out: " + reason));
    laboratory.matrix().examples().forEach(example -> System.out.println("look at: " + example));
    new Report(laboratory.matrix(), System.out).summary();
    if (matrix != null) {
      try (var out = new PrintStream(matrix.toFile(), StandardCharsets.UTF_8)) {
        new Report(laboratory.matrix(), out).all();
      }
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
