package dev.backstop.cli.check;

import static dev.backstop.cli.check.Mails.BOUNCE;
import static dev.backstop.cli.check.Mails.LETTER;
import static dev.backstop.cli.check.Mails.MBOX_LINE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.check.result.Opinion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The kinds of files, and what goes wrong with them. */
class CheckInputsTest extends CheckRuns {
  private static final String OUTLOOK = "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1 rest";

  private String names() {
    return printed()
        .replaceAll("\"file\":\"([^\"]*)\",\"form\":\"([^\"]*)\".*", "$1 $2")
        .replaceAll("[{]", "");
  }

  private Path packed(String name, String content) throws IOException {
    return Files.write(file(name, ""), gzip(content));
  }

  private static byte[] gzip(String content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void theOrderIsThatOfTheInput() throws IOException {
    var mbox = new StringBuilder();
    var expected = new StringBuilder();
    for (int i = 1; i <= 300; i++) {
      mbox.append(MBOX_LINE).append(i % 3 == 0 ? BOUNCE : LETTER).append('\n');
      expected.append("box:" + i + (i % 3 == 0 ? " bounce\n" : " ordinary\n"));
    }
    file("box", mbox.toString());
    assertThat(check("--json", folder.toString())).isZero();
    assertThat(names()).isEqualTo(expected.toString());
  }

  @Test
  void packedFilesAreUnpacked() throws IOException {
    packed("a.eml.gz", BOUNCE);
    packed("box.gz", MBOX_LINE + LETTER + "\n" + MBOX_LINE + BOUNCE);
    packed("notes.gz", "nothing that is mail");
    packed("twice.gz", new String(gzip(LETTER), ISO_8859_1));
    assertThat(check("--json", folder.toString())).isZero();
    assertThat(names()).isEqualTo("a.eml.gz bounce\nbox.gz:1 ordinary\nbox.gz:2 bounce\n");
  }

  @Test
  void aPackedFileThatIsBrokenStopsNothing() throws IOException {
    byte[] whole = gzip(BOUNCE);
    Files.write(file("1.eml.gz", ""), Arrays.copyOf(whole, whole.length / 2));
    file("2.eml", LETTER);
    assertThat(check("--json", folder.toString())).isEqualTo(1);
    assertThat(names()).isEqualTo("2.eml ordinary\n");
    assertThat(err.toString()).contains("1.eml.gz: ends in the middle");
  }

  @Test
  void standardInputMayBePackedAndAnMbox() throws IOException {
    var in = new ByteArrayInputStream(gzip(MBOX_LINE + LETTER + "\n" + MBOX_LINE + BOUNCE));
    assertThat(check(in, "--json", "-")).isZero();
    assertThat(names()).isEqualTo("-:1 ordinary\n-:2 bounce\n");
  }

  @Test
  void appleMailWritesALengthBeforeAndAListBehind() throws IOException {
    file("1.emlx", BOUNCE.getBytes(UTF_8).length + "      \n" + BOUNCE + "<?xml version=\"1.0\"?>");
    file("2.emlx", "99999999999\n" + LETTER);
    file("3.emlx", LETTER); // without its first line: a message all the same
    assertThat(check("--json", folder.toString())).isZero();
    assertThat(names()).isEqualTo("1.emlx bounce\n2.emlx ordinary\n3.emlx ordinary\n");
    assertThat(out.toString()).contains("\"truncated\":false").doesNotContain("xml version");
  }

  @Test
  void outlooksFileIsNoMailText() throws IOException {
    Path file = Files.writeString(folder.resolve("x.msg"), OUTLOOK, ISO_8859_1);
    assertThat(check(file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("x.msg: Outlook .msg is not mail text: save it as .eml");
    assertThat(check(folder.toString())).isZero();
    assertThat(printed()).contains("1 file is no mail, passed over: x.msg");
  }

  @Test
  void linksToFoldersAreNotFollowedAndBrokenOnesAreTold() throws IOException {
    file("a/1.eml", LETTER);
    Files.createSymbolicLink(folder.resolve("a/2.eml"), Path.of("1.eml"));
    Files.createSymbolicLink(folder.resolve("a/3.eml"), Path.of("nowhere"));
    Files.createSymbolicLink(folder.resolve("a/up"), Path.of(".."));
    assertThat(check(folder.toString())).isEqualTo(1);
    assertThat(printed())
        .contains("2 messages; 2 ordinary", "1 file is no mail, passed over: a/up")
        .contains("1 could not be read");
    assertThat(err.toString()).contains("3.eml: no such file, or no longer");
  }

  @Test
  void aPathNamedTwiceIsReadOnce() throws IOException {
    String file = file("1.eml", LETTER).toString();
    assertThat(check("--json", file, folder + "/./1.eml")).isZero();
    assertThat(names()).isEqualTo("1.eml ordinary\n");
    assertThat(err.toString()).contains("named twice, read once");
  }

  @Test
  void aNamedPipeIsReadLikeStandardInput() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Thread writer =
        Thread.startVirtualThread(() -> {
          try {
            Files.writeString(pipe, MBOX_LINE + LETTER + "\n" + MBOX_LINE + BOUNCE);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    assertThat(check("--json", pipe.toString())).isZero();
    writer.join();
    assertThat(names()).isEqualTo("pipe:1 ordinary\npipe:2 bounce\n");
    assertThat(check("--json", folder.toString())).isZero(); // in a folder it would wait for ever
  }

  @Test
  void aFaultInJudgingStopsNothing() throws IOException {
    file("1.eml", LETTER);
    file("2.eml", BOUNCE);
    int status =
        judging((_, mail) -> {
          if (mail.isAutomatic()) {
            throw new IllegalStateException("oops");
          }
          return Opinion.withoutProof(mail);
        });
    assertThat(status).isEqualTo(1);
    assertThat(names()).isEqualTo("1.eml ordinary\n");
    assertThat(err.toString()).contains("2.eml: a fault in this program, please report it");
  }

  @Test
  void nobodyReadsOn() throws IOException {
    var mbox = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      mbox.append(MBOX_LINE).append(LETTER).append('\n');
    }
    var in = new ByteArrayInputStream(mbox.toString().getBytes(UTF_8));
    assertThat(intoClosedPipe(in)).isZero();
    assertThat(err.toString()).isEmpty();
  }
}
