package dev.backstop.edge.milter;

import dev.backstop.testkit.milter.MilterClient;
import dev.backstop.testkit.milter.MilterScript;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Plays every script of the folder {@code dialogues} against a server with the example filter. */
@Timeout(60)
class DialogueTest {

  @TestFactory
  Stream<DynamicTest> dialogues() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(DialogueTest.class.getResource("dialogues"));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .sorted()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)))
          .toList()
          .stream();
    }
  }

  private static void play(Path file) throws IOException {
    try (var fixture = new MilterFixture(new ExampleFilter(), MilterFixture.LIMITS);
        MilterClient client = fixture.client()) {
      new MilterScript(client).play(Files.readAllLines(file));
      Await.until(() -> fixture.server.memoryInUse() == 0);
    }
  }
}
