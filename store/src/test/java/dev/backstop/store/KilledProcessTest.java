package dev.backstop.store;

import static dev.backstop.store.Fixture.BOB;
import static dev.backstop.store.Fixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.store.JournalLookup.SentTo;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 loses no row that a message was let go for. */
class KilledProcessTest {
  private static final int KILLS = 5;
  private static final int THREADS = 40;
  @TempDir private Path directory;

  @Test
  void everyEntryThatWasConfirmedIsFound() throws Exception {
    Path data = directory.resolve("data");
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    var random = new Random();
    Optional<Instant> first = Optional.empty();
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> confirmed = killedAfter(random.nextInt(5_000), data, temporary, kill);
      assertThat(confirmed).isNotEmpty();
      try (Store store = Fixture.open(data, InstantSource.system())) {
        for (String id : confirmed) {
          assertThat(store.journal().lookup(id, List.of(BOB))).isInstanceOf(SentTo.class);
        }
        Optional<Instant> since = store.journal().completeSince("sender.example");
        assertThat(since).isPresent();
        assertThat(kill == 0 ? since : first).as("nothing is missing").isEqualTo(since);
        first = since;
      }
    }
    try (Session session = Fixture.other(data);
        var row = session.statement("PRAGMA integrity_check").executeQuery()) {
      assertThat(row.getString(1)).isEqualTo("ok");
    }
  }

  private static List<String> killedAfter(int lines, Path data, Path temporary, int round)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.sqlite.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                data.toString(),
                Integer.toString(round))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var confirmed = new ArrayList<String>();
    try (BufferedReader output = child.inputReader(StandardCharsets.US_ASCII)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.endsWith(">")) { // the last may be cut
          confirmed.add(line);
        }
        if (confirmed.size() == lines + 1) {
          child.toHandle().destroyForcibly(); // Process's own would close the output too
        }
      }
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.waitFor()).isEqualTo(128 + 9);
    return confirmed;
  }

  /** Records as fast as it can and prints each Message-ID that the store has confirmed. */
  static final class Child {
    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private Child() {}

    public static void main(String[] arguments) throws Exception {
      Store store = Fixture.open(Path.of(arguments[0]), InstantSource.system());
      for (int i = 0; i < THREADS; i++) {
        String name = arguments[1] + "." + i;
        Thread.startVirtualThread(() -> recordForEver(store, name));
      }
      Thread.currentThread().join();
    }

    private static void recordForEver(Store store, String name) {
      for (int i = 0; ; i++) {
        String id = "<" + name + "." + i + "@x.example>";
        if (Fixture.recorded(store, entry(id, InstantSource.system().instant(), BOB))) {
          say(id);
        }
      }
    }

    private static synchronized void say(String id) {
      try {
        OUT.write((id + "\n").getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
