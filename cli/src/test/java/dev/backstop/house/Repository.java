package dev.backstop.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The source tree that the house tests look at. */
final class Repository {
  /** Set by the build; an IDE runs tests in the module's folder. */
  static final Path ROOT =
      Path.of(System.getProperty("backstop.root", "..")).toAbsolutePath().normalize();

  private Repository() {}

  /** Files of the tree, without what the build or the user put there. */
  static List<Path> files(Predicate<Path> wanted) {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files.filter(Repository::isSource).filter(wanted).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> javaFiles() {
    return files(file -> file.toString().endsWith(".java"));
  }

  static List<Path> mainSources() {
    return javaFiles().stream().filter(file -> file.toString().contains("/src/main/")).toList();
  }

  static String read(Path file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String name(Path file) {
    return ROOT.relativize(file).toString();
  }

  private static boolean isSource(Path file) {
    for (Path part : ROOT.relativize(file)) {
      String name = part.toString();
      if (name.equals("target") || name.equals("private") || name.equals(".git")) {
        return false;
      }
    }
    return Files.isRegularFile(file);
  }
}
