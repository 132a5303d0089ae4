package dev.backstop.bench.lab;

import dev.backstop.cli.log.QuietLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the soak: {@code VerdictSoak [MESSAGES]}, 200,000 when not said otherwise. */
public final class VerdictSoak {
  private static final int MESSAGES = 200_000;

  private VerdictSoak() {}

  /** Runs it; ends with status 1 when anything went wrong. */
  public static void main(String[] arguments) throws Exception {
    int messages = arguments.length == 0 ? MESSAGES : Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("backstop-soak");
    List<String> wrong;
    try (var _ = new QuietLog();
        var soak = new Soak(folder, messages, line -> System.out.println(line))) {
      wrong = soak.run();
    }
    VerdictLab.delete(folder);
    wrong.forEach(each -> System.out.println("wrong: " + each));
    System.out.println(wrong.size() + " wrong");
    if (!wrong.isEmpty()) {
      System.exit(1);
    }
  }
}
