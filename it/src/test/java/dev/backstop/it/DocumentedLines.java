package dev.backstop.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lines that the manual tells people to paste, so that the tests run what the manual says. */
public final class DocumentedLines {
  private DocumentedLines() {}

  /**
   * The code block of docs/postfix.md that begins with this.
   *
   * @param start of its first line
   */
  public static String startingWith(String start) {
    return startingWith("postfix.md", start);
  }

  /** The same of another page. */
  public static String startingWith(String name, String start) {
    String page = page(name);
    int from = page.indexOf("\n```\n" + start);
    if (from < 0) {
      throw new AssertionError("docs/" + name + " has no block that starts with " + start);
    }
    int begin = from + "\n```\n".length();
    return page.substring(begin, page.indexOf("\n```", begin)) + "\n";
  }

  private static String page(String name) {
    try {
      return Files.readString(Path.of(System.getProperty("backstop.root", ".."), "docs", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
