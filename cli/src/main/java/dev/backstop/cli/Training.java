package dev.backstop.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Run by the build: does what people do most, so that the JVM can write down which classes that
 * needs (JEP 514, {@code -XX:AOTCacheOutput}). A start with that cache takes less than half the
 * time. Writes nothing but a copy of the JDK's {@code release} file, by which the launcher knows
 * whether the cache fits the Java at hand.
 */
final class Training {
  private Training() {}

  public static void main(String[] args) throws IOException {
    Path scratch = Files.createTempFile("backstop", ".toml");
    try {
      Files.writeString(scratch, "domains = [\"example.com\"]\nnetworks = [\"127.0.0.0/8\"]\n");
      for (List<String> command :
          List.of(
              List.of("--version"),
              List.of("--help"),
              List.of("--nonsense"),
              List.of("config", "check", scratch.toString()),
              List.of("config", "show", scratch.toString()))) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        Main.run(nowhere, nowhere, command.toArray(String[]::new));
      }
    } finally {
      Files.delete(scratch);
    }
    Path release = Path.of(System.getProperty("java.home"), "release");
    Files.copy(release, Path.of(args[0]), StandardCopyOption.REPLACE_EXISTING);
  }
}
