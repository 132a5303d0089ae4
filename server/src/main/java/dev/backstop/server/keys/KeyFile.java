package dev.backstop.server.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The file {@code keys.json} in the data folder, readable by its owner only.
 *
 * <p>Changes are made under a lock beside the file and replace it in one step, so that a running
 * server and a command, or a crash at any moment, never see half a file. A file that cannot be read
 * is never overwritten: a lost key turns genuine bounces into unproven ones. Safe for all threads
 * and processes.
 */
public final class KeyFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final int MAX_OCTETS = 1 << 16;

  /** File locks hold between processes only. */
  private static final Object THIS_PROCESS = new Object();

  private final Path file;

  public KeyFile(Path dataDirectory) {
    this.file = dataDirectory.resolve("keys.json");
  }

  public Path path() {
    return file;
  }

  public boolean exists() {
    return Files.exists(file);
  }

  /** The keys, made now when there is no file yet. */
  public Keys loadOrCreate(SecureRandom random, InstantSource clock)
      throws UnusableKeyFileException {
    if (exists()) {
      return load();
    }
    return locked(() -> {
      if (!exists()) { // another process may have been first
        write(Keys.generate(random, clock.instant()));
      }
      return load();
    });
  }

  public Keys load() throws UnusableKeyFileException {
    try {
      if (Files.size(file) > MAX_OCTETS) {
        throw new UnusableKeyFileException(file + " is larger than any key file of ours");
      }
      return KeyJson.parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new UnusableKeyFileException(
          file + " does not exist; it is made at the first start of `backstop serve`", e);
    } catch (IOException e) {
      throw new UnusableKeyFileException("cannot read " + file + ": " + reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new UnusableKeyFileException(
          file
              + " is not a key file ("
              + e.getMessage()
              + "); restore it from a backup or with `backstop keys import`, or move it away to"
              + " start with new keys",
          e);
    }
  }

  /**
   * Changes the keys in one step.
   *
   * @param change gets the present keys; what it throws is passed on and nothing is written
   */
  public Keys update(UnaryOperator<Keys> change) throws UnusableKeyFileException {
    return locked(() -> {
      Keys changed = change.apply(load());
      write(changed);
      return changed;
    });
  }

  /** Puts these keys in the place of whatever is there. */
  public void replace(Keys keys) throws UnusableKeyFileException {
    locked(() -> {
      write(keys);
      return keys;
    });
  }

  /** When the file was changed last; the epoch when there is none. */
  public FileTime modified() {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  /**
   * Whether others than the owner may read it; false where the file system has no such permissions.
   */
  public boolean readableByOthers() {
    try {
      return !OWNER_ONLY.containsAll(
          Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private interface KeyAction {
    Keys run() throws IOException, UnusableKeyFileException;
  }

  private Keys locked(KeyAction action) throws UnusableKeyFileException {
    Path lock = file.resolveSibling("keys.lock");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent(), ownerOnlyFolder());
      synchronized (THIS_PROCESS) {
        return underFileLock(lock, action);
      }
    } catch (IOException e) {
      throw new UnusableKeyFileException("cannot write " + file + ": " + reason(e), e);
    }
  }

  private static Keys underFileLock(Path lock, KeyAction action)
      throws IOException, UnusableKeyFileException {
    try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      return action.run();
    }
  }

  private void write(Keys keys) throws IOException {
    Path fresh = file.resolveSibling("keys.json.new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      var octets = ByteBuffer.wrap(KeyJson.render(keys));
      while (octets.hasRemaining()) {
        channel.write(octets);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (var folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true); // the new name itself must survive a power cut
    }
  }

  private static FileAttribute<?> ownerOnlyFolder() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : " " + message);
  }
}
