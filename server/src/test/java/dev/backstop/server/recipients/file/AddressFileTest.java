package dev.backstop.server.recipients.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.recipients.source.Finding;
import dev.backstop.server.recipients.source.Wanted;
import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressFileTest {
  private static final String LINES =
      """
      # the people
      anna@ours.test
        Bob@OURS.test   OK as in a table of Postfix

      "the boss"@ours.test
      bücher@bücher.example
      @all.test
      """;

  private final AtomicLong nanos = new AtomicLong();
  private @TempDir Path folder;
  private Path path;

  @BeforeEach
  void write() throws Exception {
    path = Files.writeString(folder.resolve("recipients"), LINES);
  }

  @ParameterizedTest
  @CsvSource({
    "anna@ours.test, Known",
    "ANNA@Ours.Test, Known",
    "anna+news@ours.test, Known",
    "bob@ours.test, Known",
    "'\"the boss\"@ours.test', Known",
    "'\"The\\ Boss\"@ours.test', Known",
    "bücher@xn--bcher-kva.example, Known",
    "anybody@all.test, Known",
    "eve@ours.test, Unknown",
    "+anna@ours.test, Unknown",
    "all@ours.test, Unknown",
    "anna@other.test, Silent",
  })
  void aLineMeansThatTheAddressExists(String address, String finding) throws Exception {
    assertThat(ask(file(), address).getClass().getSimpleName()).isEqualTo(finding);
  }

  @Test
  void aChangeIsNoticedWithinASecond() throws Exception {
    AddressFile file = file();
    assertThat(ask(file, "eve@ours.test")).isInstanceOf(Finding.Unknown.class);
    Files.writeString(path, LINES + "eve@ours.test\n");
    assertThat(ask(file, "eve@ours.test")).isInstanceOf(Finding.Unknown.class);
    nanos.addAndGet(1_000_000_000);
    assertThat(ask(file, "eve@ours.test")).isInstanceOf(Finding.Known.class);
  }

  @Test
  void aFileThatVanishesTellsNobodyThatHeDoesNotExist() throws Exception {
    AddressFile file = file();
    Files.delete(path);
    nanos.addAndGet(1_000_000_000);
    assertThat(ask(file, "anna@ours.test")).isInstanceOf(Finding.Known.class);
    assertThat(ask(file, "eve@ours.test"))
        .isEqualTo(new Finding.Failed(path + " cannot be read: no such file"));
    write();
    nanos.addAndGet(1_000_000_000);
    assertThat(ask(file, "eve@ours.test")).isInstanceOf(Finding.Unknown.class);
  }

  @Test
  void aFileThatWasEmptiedHasNoSay() throws Exception {
    Files.writeString(path, "");
    assertThat(ask(file(), "eve@ours.test")).isInstanceOf(Finding.Silent.class);
  }

  @Test
  void aFolderIsNoFile() {
    path = folder;
    assertThat(ask(file(), "eve@ours.test"))
        .isEqualTo(new Finding.Failed(folder + " cannot be read: is not a file"));
  }

  @Test
  void linesThatAreNoAddressAreCounted() throws Exception {
    AddressLines read =
        AddressLines.read(
            new BufferedReader(new StringReader("# a\nanna@ours.test\nanna\n@\n\nx@-\u0007\n")));
    assertThat(read.lines()).isEqualTo(4);
    assertThat(read.ignored()).isEqualTo(3);
    assertThat(read.firstIgnored()).isEqualTo(3);
  }

  @Test
  void aMillionLinesAreReadAndNotOneMore() throws Exception {
    String lines =
        IntStream.range(0, AddressLines.MOST_LINES)
            .mapToObj(i -> "u" + i + "@ours.test")
            .collect(Collectors.joining("\n"));
    AddressLines read = AddressLines.read(new BufferedReader(new StringReader(lines)));
    assertThat(read.lines()).isEqualTo(AddressLines.MOST_LINES);
    assertThat(read.addresses().knows(wanted("u999999@ours.test"))).isTrue();
    assertThat(read.addresses().knows(wanted("u1000000@ours.test"))).isFalse();
    Assertions.assertThatThrownBy(
            () -> AddressLines.read(new BufferedReader(new StringReader(lines + "\na@b.test"))))
        .hasMessage("has more than 1000000 lines");
  }

  private AddressFile file() {
    return new AddressFile(path, nanos::get);
  }

  private static Finding ask(AddressFile file, String address) {
    return file.ask(wanted(address), Duration.ZERO);
  }

  private static Wanted wanted(String address) {
    int at = address.lastIndexOf('@');
    return Wanted.of(new Mailbox(address.substring(0, at), address.substring(at + 1)), "+");
  }
}
