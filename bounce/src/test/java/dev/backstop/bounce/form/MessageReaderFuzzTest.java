package dev.backstop.bounce.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.mail.message.MessageSplitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No bytes make the reader throw, and none make it slow. */
class MessageReaderFuzzTest {

  @FuzzTest(maxDuration = "60s")
  void readsAnyBytes(byte[] bytes) {
    check(bytes, bytes.length);
  }

  /** The same in every build: golden messages with bytes changed, doubled and cut out. */
  @Test
  void readsDamagedMessages() throws IOException {
    var random = new Random(20261122);
    for (Path message : Golden.messages()) {
      byte[] original = Files.readAllBytes(message);
      for (int round = 0; round < 100; round++) {
        byte[] damaged = damaged(original, random);
        check(damaged, damaged.length);
      }
    }
  }

  private static byte[] damaged(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int i = random.nextInt(20); i > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "\r\n:;<>\"()=-@ ".charAt(random.nextInt(13));
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        default -> {
          int length = random.nextInt(bytes.length - at);
          System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - length), length);
        }
      }
    }
    return bytes;
  }

  private static void check(byte[] bytes, int length) {
    AutomaticMail mail = MessageReader.read(MessageSplitter.split(bytes, length, false));
    assertThat(mail.isAutomatic()).isEqualTo(!mail.marks().isEmpty());
    assertThat(mail.subform() != null).isEqualTo(mail.form() == Form.BOUNCE);
    assertThat(
            mail.recipients().isEmpty()
                || mail.form() == Form.BOUNCE
                || mail.form() == Form.RECEIPT)
        .isTrue();
  }

  /**
   * Shapes that cost quadratic time in careless readers; a megabyte each. What is quadratic hangs
   * here.
   */
  @Test
  void isNotSlowedByHostileShapes() {
    String header = "From: mailer-daemon@x.example\nSubject: failure notice\n";
    String[] shapes = {
      header + "\n" + "a@b.example ".repeat(90_000),
      header + "\n" + "@".repeat(1_000_000),
      header + "\n" + "x".repeat(1_000_000) + "@",
      header + "\n" + "Received: x\n\n".repeat(80_000),
      header + "\n" + "From: x\n y\n".repeat(90_000),
      header + "\n" + "550 ".repeat(250_000),
      header + "Content-Type: text/html\n\n" + "<style>".repeat(140_000),
      header + "Content-Type: text/html\n\n" + "<".repeat(1_000_000),
      header + "References: " + "<a".repeat(400_000) + "\n\n",
      header + "To: " + "(".repeat(1_000_000) + "\n\n",
      "Subject: " + "=?utf-8?q?a".repeat(90_000) + "\n\n",
      "From: " + "\"\\".repeat(400_000) + "\n\n",
      "X: y\n".repeat(200_000) + "\n",
      header
          + "Content-Type: multipart/report; boundary="
          + "a".repeat(190)
          + "\n\n"
          + ("--" + "a".repeat(189) + "\n").repeat(5_000),
      header + "Content-Type: multipart/mixed; boundary=b0\n\n" + nested(2_000),
    };
    for (String shape : shapes) {
      byte[] bytes = shape.getBytes(StandardCharsets.UTF_8);
      check(bytes, bytes.length);
    }
  }

  private static String nested(int depth) {
    var text = new StringBuilder();
    for (int i = 1; i <= depth; i++) {
      text.append("--b").append(i - 1).append("\nContent-Type: multipart/mixed; boundary=b");
      text.append(i).append("\n\n");
    }
    return text.append("x\n".repeat(300_000)).toString();
  }
}
