package dev.backstop.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every Java file is as google-java-format writes it; see docs/decisions/0003. */
class FormatTest {
  private static final String HOW_TO_FIX =
      "mvn -pl cli -am test -Dtest=FormatTest -Dformat=apply"
          + " -Dsurefire.failIfNoSpecifiedTests=false formats them";

  private final Formatter formatter = new Formatter();

  @Test
  void everyJavaFileIsFormatted() throws Exception {
    List<Path> files = Repository.javaFiles();
    assertThat(files).as("Java files under " + Repository.ROOT).isNotEmpty();
    List<String> different = files.stream().filter(this::differs).map(Repository::name).toList();
    assertThat(different).as(HOW_TO_FIX).isEmpty();
  }

  private boolean differs(Path file) {
    String source = Repository.read(file);
    String formatted = formatted(file, source);
    if (formatted.equals(source)) {
      return false;
    }
    if (!"apply".equals(System.getProperty("format"))) {
      return true;
    }
    try {
      Files.writeString(file, formatted);
      return false;
    } catch (IOException e) {
      throw new AssertionError(Repository.name(file) + " cannot be written", e);
    }
  }

  /** The steps of the formatter's own command line. */
  private String formatted(Path file, String source) {
    try {
      String ordered = ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE);
      return formatter.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
    } catch (FormatterException e) {
      throw new AssertionError(Repository.name(file) + " cannot be read as Java", e);
    }
  }
}
