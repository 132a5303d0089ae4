package dev.backstop.cli.check.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.check.input.Inputs;
import dev.backstop.cli.check.input.Reached;
import dev.backstop.cli.check.input.Sink;
import dev.backstop.cli.check.result.Tally;
import dev.backstop.mail.message.RawMessage;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
  @TempDir Path folder;
  private final StringWriter written = new StringWriter();
  private final Tally tally = new Tally();
  private final Reached reached = new Reached();
  private long millis;

  private Progress progress(boolean wanted, boolean shared) {
    return new Progress(
        new PrintWriter(written), () -> TimeUnit.MILLISECONDS.toNanos(millis), wanted, shared);
  }

  private int lines() {
    return written.toString().split("messages", -1).length - 1;
  }

  @Test
  void isWrittenFiveTimesASecondAndErased() {
    Progress progress = progress(true, false);
    for (millis = 0; millis < 1000; millis += 10) {
      progress.tick(reached, tally);
    }
    assertThat(lines()).isEqualTo(4);
    progress.erase();
    progress.erase();
    assertThat(written.toString()).endsWith("0 of 0+ messages, 0 bounces\r\033[K");
  }

  @Test
  void onTheTerminalOfTheOutputItComesLateAndMakesRoom() {
    Progress progress = progress(true, true);
    millis = 1900;
    progress.tick(reached, tally);
    assertThat(written.toString()).isEmpty();
    millis = 2100;
    progress.tick(reached, tally);
    progress.beforeOutput();
    assertThat(written.toString()).endsWith("bounces\r\033[K");
  }

  @Test
  void elsewhereItStaysWhenSomethingIsPrinted() {
    Progress progress = progress(true, false);
    millis = 300;
    progress.tick(reached, tally);
    progress.beforeOutput();
    assertThat(written.toString()).endsWith("bounces");
  }

  @Test
  void nothingWithoutATerminalOrWhenRefusedOrBetweenJson() {
    var shared = new Screen("/dev/pts/1", "/dev/pts/1", Map.of());
    var apart = new Screen(null, "/dev/pts/1", Map.of());
    var err = new PrintWriter(written);
    assertThat(
            List.of(
                Progress.on(Screen.NONE, err, false, false).isWanted(),
                Progress.on(apart, err, true, false).isWanted(),
                Progress.on(shared, err, false, true).isWanted()))
        .containsOnly(false);
    assertThat(Progress.on(apart, err, false, true).isWanted()).isTrue();
    assertThat(Progress.on(shared, err, false, false).isWanted()).isTrue();
  }

  @Test
  void filesAreExpectedOnceTheirFolderIsListed() throws Exception {
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/a.eml"), "A: b\n\n");
    Files.writeString(folder.resolve("b.eml"), "A: b\n\n");
    var inputs = new Inputs(new Nobody(), reached, null);
    inputs.read(List.of(folder.toString()), InputStream.nullInputStream());
    assertThat(reached.expected()).isEqualTo(2);
    assertThat(reached.isWhole()).isTrue();
    Progress progress = progress(true, false);
    millis = 300;
    tally.passedOver("b");
    progress.tick(reached, tally);
    assertThat(written.toString()).contains("1 of 2 messages, 0 bounces");
  }

  private static final class Nobody implements Sink {
    @Override
    public void message(String name, int octets, Supplier<RawMessage> message) {}

    @Override
    public void problem(String name, String reason) {}

    @Override
    public void passedOver(String name) {}
  }
}
