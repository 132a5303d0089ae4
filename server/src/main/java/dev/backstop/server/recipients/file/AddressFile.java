package dev.backstop.server.recipients.file;

import dev.backstop.server.recipients.source.Finding;
import dev.backstop.server.recipients.source.Source;
import dev.backstop.server.recipients.source.Wanted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A text file with addresses, read again when it changes; looked at once a second at most. One that
 * cannot be read any more knows whom it knew, and tells nobody that he does not exist.
 */
public final class AddressFile implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(AddressFile.class);
  private static final long MOST_OCTETS = 256L * 1024 * 1024;
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final Path file;
  private final LongSupplier nanoTime;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile State state;
  private volatile long looked;

  /** The file as it was: what tells one version from another. */
  private record Version(FileTime modified, long octets, String key) {}

  /**
   * @param trouble why the file could not be read the last time; empty: it was
   */
  private record State(AddressList addresses, Optional<Version> version, String trouble) {}

  /** Reads the file at once; one that cannot be read is asked for again later. */
  public AddressFile(Path file, LongSupplier nanoTime) {
    this.file = file;
    this.nanoTime = nanoTime;
    this.state = new State(new AddressList.Builder().build(), Optional.empty(), "not read yet");
    this.looked = nanoTime.getAsLong();
    look();
  }

  @Override
  public String name() {
    return "file";
  }

  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public Finding ask(Wanted wanted, Duration most) {
    lookAgain();
    State now = state;
    if (now.addresses().knows(wanted)) {
      return new Finding.Known("stands in " + file);
    }
    if (!now.trouble().isEmpty()) {
      return new Finding.Failed(file + " cannot be read: " + now.trouble());
    }
    return now.addresses().covers(wanted.domain())
        ? new Finding.Unknown("does not stand in " + file)
        : new Finding.Silent(file + " has no address of " + wanted.domain());
  }

  @Override
  public void close() {
    // nothing is open between two readings
  }

  /** One thread looks; the others use what is there. */
  private void lookAgain() {
    if (nanoTime.getAsLong() - looked >= PAUSE_NANOS && reading.tryLock()) {
      try {
        look();
        looked = nanoTime.getAsLong();
      } finally {
        reading.unlock();
      }
    }
  }

  private void look() {
    try {
      Version version = version();
      if (state.version().filter(version::equals).isEmpty()) {
        AddressLines read = read(version);
        state = new State(read.addresses(), Optional.of(version), "");
        tell(read);
      }
    } catch (IOException e) {
      fail(reason(e));
    }
  }

  private Version version() throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new IOException("is not a file");
    }
    return new Version(
        attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
  }

  private AddressLines read(Version version) throws IOException {
    if (version.octets() > MOST_OCTETS) {
      throw new IOException("is longer than " + MOST_OCTETS + " octets");
    }
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    try (var reader =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder))) {
      return AddressLines.read(reader);
    }
  }

  private void tell(AddressLines read) {
    LOG.atInfo()
        .addKeyValue("file", file)
        .addKeyValue("lines", read.lines())
        .log("recipients-read");
    if (read.ignored() > 0) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("lines", read.ignored())
          .addKeyValue("first", read.firstIgnored())
          .addKeyValue("reason", "not an address")
          .log("recipients-ignored");
    }
  }

  /** The version is forgotten, so that the file is read as soon as it can be. */
  private void fail(String why) {
    if (!why.equals(state.trouble())) {
      LOG.atError()
          .addKeyValue("file", file)
          .addKeyValue("reason", why)
          .addKeyValue("consequence", "who was not known before is told to try again later")
          .log("recipients-not-read");
    }
    state = new State(state.addresses(), Optional.empty(), why);
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException
        ? "no such file"
        : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
