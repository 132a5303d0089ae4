package dev.backstop.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The messages of this world: files beside this class, with {@code {name}} for what changes. */
final class Templates {
  private final Map<String, String> read = new HashMap<>();

  /**
   * A message from its template.
   *
   * @param name of the file, without its ending
   */
  Letter write(String name, Map<String, String> values) {
    return Letter.write(read.computeIfAbsent(name, Templates::read), values);
  }

  private static String read(String name) {
    try (InputStream in = Templates.class.getResourceAsStream(name + ".eml")) {
      if (in == null) {
        throw new IllegalArgumentException("no template " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
