package dev.backstop.bounce.form;

import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.RawMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Real mail kept outside the project: {@code ../shared} beside it, or where {@code BACKSTOP_SHARED}
 * says. Nothing needs it; tests that judge by it are skipped without it.
 */
final class SharedCorpus {
  /** One line of {@code truth.jsonl}: path of the file and its class. */
  record Case(String file, String truth) {}

  private SharedCorpus() {}

  static @Nullable Path folder(String name) {
    String set = System.getenv("BACKSTOP_SHARED");
    String root = System.getProperty("backstop.root", ".");
    Path folder = (set == null ? Path.of(root, "..", "shared") : Path.of(set)).resolve(name);
    return Files.isDirectory(folder) ? folder : null;
  }

  static List<Case> cases(Path corpus) throws IOException {
    var cases = new ArrayList<Case>();
    for (String line : Files.readAllLines(corpus.resolve("truth.jsonl"))) {
      cases.add(new Case(value(line, "file"), value(line, "truth")));
    }
    return cases;
  }

  /** A string of a flat JSON object; the last one of that name, as nested objects come first. */
  private static String value(String line, String name) {
    String key = "\"" + name + "\": \"";
    int start = line.lastIndexOf(key) + key.length();
    return line.substring(start, line.indexOf('"', start));
  }

  static RawMessage message(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return MessageSplitter.split(bytes, bytes.length, false);
  }
}
