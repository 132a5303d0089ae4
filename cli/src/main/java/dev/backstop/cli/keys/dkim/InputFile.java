package dev.backstop.cli.keys.dkim;

import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.server.keys.dkim.TableText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files of other programs, read up to a size. */
final class InputFile {
  private InputFile() {}

  /**
   * The octets of a file.
   *
   * @throws IOException also when it has more; the message goes on after "it"
   */
  static byte[] read(Path file, int maxOctets) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(maxOctets + 1);
      if (octets.length > maxOctets) {
        throw new IOException("is larger than " + maxOctets + " octets");
      }
      return octets;
    } catch (NoSuchFileException e) {
      throw new IOException("does not exist", e);
    } catch (AccessDeniedException e) {
      throw new IOException("may not be read by this user; try it as root", e);
    }
  }

  /** The text of a table that the user named. */
  static String table(Path file) {
    return new String(named(file, TableText.MAX_OCTETS), StandardCharsets.UTF_8);
  }

  /** A file that the user named: without it nothing can be done. */
  static byte[] named(Path file, int maxOctets) {
    try {
      return read(file, maxOctets);
    } catch (IOException e) {
      throw new CommandFailure(ExitStatus.NO_INPUT, file + ": it " + e.getMessage());
    }
  }

  /**
   * A path that another program's table names.
   *
   * @throws IOException when there can be no such path
   */
  static Path path(Path folder, String text) throws IOException {
    try {
      return folder.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new IOException("is no path", e);
    }
  }
}
