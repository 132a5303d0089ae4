package dev.backstop.bounce.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The messages of {@code golden/}, a folder a kind; each folder's README tells what each proves.
 */
final class Golden {
  private Golden() {}

  static List<Path> messages() throws IOException {
    try (Stream<Path> files = Files.walk(folder())) {
      return files.filter(f -> f.toString().endsWith(".eml")).sorted().toList();
    }
  }

  static List<Path> folders() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static Path folder() {
    URL readme = Golden.class.getResource("/golden/basics/README.md");
    assertThat(readme).isNotNull();
    try {
      return Path.of(readme.toURI()).resolveSibling("..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file name without its ending. */
  static String name(Path message) {
    return message.getFileName().toString().replaceFirst("\\.eml$", "");
  }
}
