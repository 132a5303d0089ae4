package dev.backstop.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The files of the store. The database itself is only ever opened by SQLite: closing any other
 * descriptor of it in this process would drop SQLite's locks (fcntl(2)).
 */
final class DataFolder implements AutoCloseable {
  private final Path directory;
  private @Nullable FileChannel lock;

  DataFolder(Path directory) {
    this.directory = directory;
  }

  Path database() {
    return directory.resolve("backstop.db");
  }

  /** Exists only while every message let go has its journal row; see {@link Completeness}. */
  Path marker() {
    return directory.resolve("journal.complete");
  }

  /** Makes the folder and an empty file, readable by nobody else: events have addresses. */
  void prepare() throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, mode("rwx------"));
    }
    if (Files.notExists(database())) {
      Files.createFile(database(), mode("rw-------"));
    }
  }

  /**
   * Two servers on one folder would each believe that the journal is whole. The lock ends with the
   * process, however that ends.
   *
   * @return false when another server has it
   */
  boolean lock() throws IOException {
    Path file = directory.resolve("backstop.lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        lock = channel;
        return true;
      }
    } catch (OverlappingFileLockException _) {
      // held by this process
    }
    channel.close();
    return false;
  }

  /**
   * Renames a damaged database out of the way, never deletes it. The log goes first: left behind,
   * SQLite would replay it into the next file.
   *
   * @return where the database is now
   */
  Path moveAside(Instant now) throws IOException {
    String stamp = now.truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[-:]", "");
    Path aside = free("backstop.db.corrupt-" + stamp);
    for (String part : new String[] {"-wal", "-shm", ""}) {
      Path from = directory.resolve("backstop.db" + part);
      if (Files.exists(from)) {
        Files.move(from, directory.resolve(aside.getFileName() + part));
      }
    }
    prepare();
    return aside;
  }

  private Path free(String name) {
    Path path = directory.resolve(name);
    for (int i = 2; Files.exists(path) || Files.exists(Path.of(path + "-wal")); i++) {
      path = directory.resolve(name + "-" + i);
    }
    return path;
  }

  private FileAttribute<?>[] mode(String permissions) {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Lets go of the lock. */
  @Override
  public void close() {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException _) {
      // the process's end lets go too
    }
  }
}
