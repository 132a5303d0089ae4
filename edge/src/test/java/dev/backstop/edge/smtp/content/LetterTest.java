package dev.backstop.edge.smtp.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.edge.Action;
import dev.backstop.edge.Action.Edit;
import dev.backstop.edge.BufferPool;
import dev.backstop.edge.MessageFilter;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Reply;
import dev.backstop.mail.smtp.Transaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LetterTest {
  private static final Transaction TRANSACTION =
      new Transaction(
          new Peer(null, "unknown", "helo", null, false),
          "id",
          NullReversePath.INSTANCE,
          List.of());

  @TempDir private Path folder;
  private SpoolSpace space;
  private final Watcher watcher = new Watcher();

  /** A filter that remembers what it was shown. */
  private static final class Watcher implements Letter.Judge, MessageFilter {
    private int wanted = 1000;
    private boolean broken;
    private final List<HeaderField> header = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();
    private @Nullable String kept;
    private boolean truncated;
    private int failures;

    @Override
    public MessageFilter begin(List<HeaderField> fields) {
      header.addAll(fields);
      return this;
    }

    @Override
    public void failed(Throwable cause) {
      failures++;
    }

    @Override
    public int bodyWanted() {
      return wanted;
    }

    @Override
    public boolean readsBody() {
      return true;
    }

    @Override
    public void body(byte[] octets, int start, int length) {
      if (broken) {
        throw new IllegalStateException("broken filter");
      }
      body.append(new String(octets, start, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public Action end(Transaction transaction, RawMessage message) {
      kept =
          new String(
              message.body().bytes(), 0, message.body().length(), StandardCharsets.ISO_8859_1);
      truncated = message.truncated();
      return Action.ACCEPT;
    }
  }

  @BeforeEach
  void open() throws IOException {
    space = SpoolSpace.open(folder, new BufferPool(10 << 20), 1 << 20);
  }

  private Letter letter(int memory, long most) {
    return new Letter(new Letter.Limits(50, 4000, most, memory), space, watcher);
  }

  private Letter read(String wire) {
    return read(letter(1000, 1_000_000), wire);
  }

  /** As the client sent it, octet by octet. */
  private static Letter read(Letter letter, String wire) {
    byte[] octets = (wire + ".\r\n").getBytes(StandardCharsets.ISO_8859_1);
    var reader = new ContentReader(true, LineEnds.REFUSE, letter);
    for (int i = 0; i < octets.length; i++) {
      reader.read(octets, i, i + 1);
    }
    assertThat(reader.ended()).isTrue();
    return letter;
  }

  private static String sent(Letter letter, Edit... edits) throws IOException {
    var out = new ByteArrayOutputStream();
    letter.copyTo(
        (octets, from, to) -> out.write(octets, from, to - from), List.of(edits), new byte[0]);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static @Nullable Reply refusal(Letter letter) {
    letter.end(TRANSACTION);
    return letter.refusal();
  }

  @Test
  void itGoesOnAsItCame() throws IOException {
    String wire = "Subject: a\r\n\tfolded\r\nx-Odd :b\r\n\r\nbody\r\n..dot\r\n\r\n";
    try (Letter letter = read(wire)) {
      assertThat(letter.end(TRANSACTION)).isEqualTo(Action.ACCEPT);
      assertThat(sent(letter)).isEqualTo(wire);
      assertThat(watcher.header).extracting(HeaderField::name).containsExactly("Subject", "x-Odd");
      assertThat(new String(watcher.header.getFirst().value(), StandardCharsets.US_ASCII))
          .isEqualTo(" a\r\n\tfolded");
      assertThat(watcher.body.toString()).isEqualTo("body\r\n.dot\r\n\r\n");
      assertThat(watcher.kept).isEqualTo("body\r\n.dot\r\n\r\n");
    }
  }

  @Test
  void withFieldsPutInAndTakenOut() throws IOException {
    try (Letter letter = read("A: 1\r\nB: 2\r\na: 3\r\n\r\nbody\r\n")) {
      letter.end(TRANSACTION);
      assertThat(
              sent(
                  letter,
                  new Edit.InsertHeader("X", "lower"),
                  new Edit.InsertHeader("Y", "upper\r\n folded"),
                  new Edit.RemoveHeader("A", 2)))
          .isEqualTo("Y: upper\r\n folded\r\nX: lower\r\nA: 1\r\nB: 2\r\n\r\nbody\r\n");
      assertThatThrownBy(() -> sent(letter, new Edit.InsertHeader("X", "a\r\nB: c")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aLineThatIsNoFieldBeginsTheBody() throws IOException {
    try (Letter letter = read("A: 1\r\nno field\r\nB: 2\r\n\r\nbody\r\n")) {
      letter.end(TRANSACTION);
      assertThat(sent(letter)).isEqualTo("A: 1\r\n\r\nno field\r\nB: 2\r\n\r\nbody\r\n");
      assertThat(watcher.header).hasSize(1);
      assertThat(watcher.kept).startsWith("no field\r\n");
    }
  }

  @Test
  void dotsAtTheBeginningOfHeaderLines() throws IOException {
    String wire = "A: 1\r\n..b: 2\r\n..no field\r\nbody\r\n";
    try (Letter letter = read(wire)) {
      letter.end(TRANSACTION);
      assertThat(watcher.header).extracting(HeaderField::name).containsExactly("A", ".b");
      assertThat(sent(letter)).isEqualTo("A: 1\r\n..b: 2\r\n\r\n..no field\r\nbody\r\n");
      assertThat(watcher.kept).isEqualTo(".no field\r\nbody\r\n");
    }
  }

  @Test
  void linesOfOldMailboxFilesAreLeftOut() throws IOException {
    try (Letter letter = read("From me Sat Nov 28\r\nA: 1\r\n\r\nbody\r\n")) {
      letter.end(TRANSACTION);
      assertThat(sent(letter)).isEqualTo("A: 1\r\n\r\nbody\r\n");
    }
  }

  @Test
  void aMessageOfNothing() throws IOException {
    try (Letter letter = read("")) {
      assertThat(letter.end(TRANSACTION)).isEqualTo(Action.ACCEPT);
      assertThat(sent(letter)).isEqualTo("\r\n");
    }
  }

  @Test
  void aLargeBodyGoesToAFileWithoutAName() throws IOException {
    String body = "0123456789abcdef\r\n".repeat(5000);
    watcher.wanted = 20;
    try (Letter letter = read(letter(100, 1_000_000), "A: 1\r\n\r\n" + body)) {
      letter.end(TRANSACTION);
      assertThat(sent(letter)).isEqualTo("A: 1\r\n\r\n" + body);
      assertThat(watcher.kept).isEqualTo(body.substring(0, 20));
      assertThat(watcher.truncated).isTrue();
      assertThat(space.disk().used()).isEqualTo(body.length() - 100);
      try (var files = Files.list(folder)) {
        assertThat(files).isEmpty();
      }
    }
    assertThat(space.disk().used()).isZero();
    assertThat(space.memory().used()).isZero();
  }

  @Test
  void whatACrashLeftIsRemoved() throws IOException {
    Path left = Files.createFile(folder.resolve(SpoolSpace.PREFIX + "left"));
    Path other = Files.createFile(folder.resolve("other"));
    open();
    assertThat(left).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void aFullDiskIsATemporaryRefusal() {
    String body = "0123456789abcdef\r\n".repeat(70_000);
    try (Letter letter = read(letter(100, 10_000_000), "A: 1\r\n\r\n" + body)) {
      assertThat(refusal(letter)).extracting(Reply::code).isEqualTo(452);
      assertThat(space.disk().used()).isZero();
    }
  }

  @Test
  void whatIsTooLargeIsRefused() {
    try (Letter letter = read(letter(100, 50), "A: 1\r\n\r\n" + "body\r\n".repeat(10))) {
      assertThat(refusal(letter)).isEqualTo(Letter.TOO_LARGE);
    }
    try (Letter letter = read("A: " + "x".repeat(4000) + "\r\n\r\n")) {
      assertThat(refusal(letter)).extracting(Reply::code).isEqualTo(552);
    }
    try (Letter letter = read("A: 1\r\n".repeat(51) + "\r\n")) {
      assertThat(refusal(letter)).extracting(Reply::code).isEqualTo(552);
    }
  }

  @Test
  void aMessageThatGoesInCirclesIsRefused() {
    var letter = new Letter(new Letter.Limits(500, 9000, 90_000, 100), space, watcher);
    try (letter) {
      read(letter, "Received: a\r\n".repeat(101) + "\r\n");
      assertThat(refusal(letter)).extracting(Reply::enhancedStatus).isEqualTo("5.4.6");
    }
  }

  @Test
  void aFilterThatFailsIsATemporaryRefusal() {
    watcher.broken = true;
    try (Letter letter = read("A: 1\r\n\r\nbody\r\n")) {
      assertThat(refusal(letter)).extracting(Reply::code).isEqualTo(451);
      assertThat(watcher.failures).isEqualTo(1);
    }
  }
}
