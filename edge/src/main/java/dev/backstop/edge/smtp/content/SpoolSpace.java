package dev.backstop.edge.smtp.content;

import dev.backstop.edge.BufferPool;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Room for all messages that wait for their verdict.
 *
 * @param memory for their beginnings
 * @param disk the account of what is in files
 * @param folder for the files; exists
 */
public record SpoolSpace(BufferPool memory, BufferPool disk, Path folder) {
  static final String PREFIX = "spool-";
  static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * Makes the folder when it is missing, and removes what a system that keeps names left there.
   *
   * @param memory octets in all
   * @param disk octets in all
   */
  public static SpoolSpace open(Path folder, BufferPool memory, long disk) throws IOException {
    Files.createDirectories(folder);
    try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path file : old) {
        Files.deleteIfExists(file);
      }
    }
    return new SpoolSpace(memory, new BufferPool(disk), folder);
  }
}
