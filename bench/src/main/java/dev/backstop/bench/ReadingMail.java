package dev.backstop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The messages that the benchmark of reading reads. */
final class ReadingMail {
  private static final Path GOLDEN = Path.of("bounce/src/test/resources/golden");

  private ReadingMail() {}

  /**
   * Loads the messages of one kind.
   *
   * @param from {@code generated}, {@code golden} (run from the root of the source tree), or a
   *     folder that has a folder of each kind
   * @param kind {@code bounces} or {@code ordinary}
   */
  static List<byte[]> load(String from, String kind) throws IOException {
    List<byte[]> messages =
        switch (from) {
          case "generated" ->
              kind.equals("bounces") ? GeneratedMail.bounces() : GeneratedMail.ordinary();
          case "golden" -> golden(kind.equals("bounces") ? "form=bounce" : "form=ordinary");
          default -> contents(Path.of(from).resolve(kind));
        };
    if (messages.isEmpty()) {
      throw new IOException("no message of kind " + kind + " in " + from);
    }
    return messages;
  }

  private static List<byte[]> contents(Path folder) throws IOException {
    var messages = new ArrayList<byte[]>();
    for (Path file : files(folder)) {
      messages.add(Files.readAllBytes(file));
    }
    return messages;
  }

  /** The project's own test messages, by what each is expected to be. */
  private static List<byte[]> golden(String form) throws IOException {
    var messages = new ArrayList<byte[]>();
    for (Path file : files(GOLDEN)) {
      if (file.toString().endsWith(".expected") && Files.readAllLines(file).contains(form)) {
        messages.add(Files.readAllBytes(Path.of(file.toString().replace(".expected", ".eml"))));
      }
    }
    return messages;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
