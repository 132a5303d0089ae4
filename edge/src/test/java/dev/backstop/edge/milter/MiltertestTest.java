package dev.backstop.edge.milter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Runs the scripts of {@code it/miltertest} with a mail server's side that we did not write. */
@Timeout(120)
class MiltertestTest {
  private static final Path SCRIPTS =
      Path.of(System.getProperty("backstop.root", "..")).resolve("it/miltertest");

  @TestFactory
  Stream<DynamicTest> scripts() throws IOException {
    if (!installed()) {
      String reason = "miltertest is not installed (apt-get install miltertest): scripts skipped";
      System.out.println(reason);
      Assumptions.abort(reason);
    }
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      List<Path> scripts = files.filter(file -> file.toString().endsWith(".lua")).sorted().toList();
      assertThat(scripts).isNotEmpty();
      return scripts.stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)));
    }
  }

  private static boolean installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "miltertest")));
  }

  private static void run(Path script) throws IOException, InterruptedException {
    try (var fixture = new MilterFixture(new ExampleFilter(), MilterFixture.LIMITS)) {
      String socket = "socket=inet:" + fixture.port() + "@127.0.0.1";
      Process process =
          new ProcessBuilder("miltertest", "-w", "-D", socket, "-s", script.toString())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      assertThat(process.waitFor()).as(new String(output, StandardCharsets.UTF_8)).isZero();
      Await.until(() -> fixture.server.memoryInUse() == 0);
    }
  }
}
