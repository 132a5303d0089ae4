package dev.backstop.bounce.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The sample of the README is compiled, run on a golden message, and prints what stands there. */
@Isolated("takes standard output for a moment")
class ReadmeTest {

  @Test
  void theSampleCompilesAndPrintsWhatItPromises(@TempDir Path folder) throws Exception {
    String readme =
        Files.readString(Path.of(System.getProperty("backstop.root", "."), "README.md"));
    String sample = block(readme, "```java\n", 0);
    String promised = block(readme, "```\n", readme.indexOf("prints for a bounce:"));
    Path message =
        Golden.messages().stream()
            .filter(file -> Golden.name(file).equals("dsn-failed"))
            .findFirst()
            .orElseThrow();
    assertThat(run(sample, folder, message)).isEqualTo(promised);
  }

  private static String block(String text, String fence, int from) {
    int start = text.indexOf(fence, from) + fence.length();
    return text.substring(start, text.indexOf("```", start));
  }

  private static String run(String sample, Path folder, Path message) throws Exception {
    compile(Files.writeString(folder.resolve("WhyNot.java"), sample), folder);
    var out = new ByteArrayOutputStream();
    PrintStream standard = System.out;
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      Method main = loader.loadClass("WhyNot").getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) new String[] {message.toString()});
    } finally {
      System.setOut(standard);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void compile(Path source, Path folder) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      String classes = System.getProperty("java.class.path");
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  null,
                  List.of("-d", folder.toString(), "-cp", classes),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).isTrue();
    }
  }
}
