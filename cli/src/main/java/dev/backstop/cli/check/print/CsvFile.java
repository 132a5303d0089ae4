package dev.backstop.cli.check.print;

import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The file of {@code --csv}. It is written under another name beside and gets its own when it is
 * whole, so that nobody reads half of it. A device or pipe is written directly.
 */
public final class CsvFile implements AutoCloseable {
  private static final byte[] BEGINNING =
      CsvRows.header().substring(0, 10).getBytes(StandardCharsets.UTF_8);

  private final Path target;
  private final @Nullable Path temporary;
  private final Writer writer;

  private CsvFile(Path target, @Nullable Path temporary, Writer writer) {
    this.target = target;
    this.temporary = temporary;
    this.writer = writer;
  }

  /**
   * Begins the file with its header.
   *
   * @throws CommandFailure when it cannot be written, or when something else is there
   */
  public static CsvFile create(String name) {
    try {
      CsvFile csv = open(Path.of(name));
      csv.write(CsvRows.header());
      return csv;
    } catch (IOException e) {
      throw failure(name, e);
    } catch (InvalidPathException e) {
      throw new CommandFailure(ExitStatus.CANNOT_CREATE, SafeText.of("no name of a file: " + name));
    }
  }

  private static CsvFile open(Path file) throws IOException {
    if (!Files.exists(file)) {
      return temporary(file);
    }
    if (!Files.isRegularFile(file)) {
      return new CsvFile(file, null, Files.newBufferedWriter(file));
    }
    if (!isOurs(file)) {
      throw new CommandFailure(
          ExitStatus.CANNOT_CREATE,
          SafeText.of(file.toString())
              + " is there already and is no CSV of this command: give another name or delete it");
    }
    return temporary(file.toRealPath()); // behind a link its target is replaced, not the link
  }

  /** So that a slip of the hand does not replace a mailbox. */
  private static boolean isOurs(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] beginning = in.readNBytes(BEGINNING.length);
      return beginning.length == 0 || Arrays.equals(beginning, BEGINNING);
    }
  }

  private static CsvFile temporary(Path target) throws IOException {
    Path absolute = target.toAbsolutePath();
    Path temporary =
        absolute.resolveSibling(
            "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    BufferedWriter writer = Files.newBufferedWriter(temporary);
    temporary.toFile().deleteOnExit(); // when a signal ends the program
    return new CsvFile(target, temporary, writer);
  }

  /** The file that must not be read as input. */
  public @Nullable Path temporary() {
    return temporary;
  }

  public void write(String rows) {
    try {
      writer.write(rows);
    } catch (IOException e) {
      throw failure(target.toString(), e);
    }
  }

  /** The file is whole. */
  public void finish() {
    try {
      writer.close();
      if (temporary != null) {
        Files.move(
            temporary,
            target.toAbsolutePath(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw failure(target.toString(), e);
    }
  }

  /** Removes what was not finished. */
  @Override
  public void close() {
    try {
      writer.close();
      if (temporary != null) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException _) {
      // the disk is full, or the folder is gone: that has been told
    }
  }

  private static CommandFailure failure(String file, IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException _ -> "its folder does not exist";
          case AccessDeniedException _ -> "permission denied";
          default -> String.valueOf(e.getMessage());
        };
    return new CommandFailure(
        ExitStatus.CANNOT_CREATE, SafeText.of("cannot write " + file + ": " + reason));
  }
}
