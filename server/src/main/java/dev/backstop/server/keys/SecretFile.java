package dev.backstop.server.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A file of secrets in the data folder, readable by its owner only.
 *
 * <p>Changes are made under a lock beside the file and replace it in one step, so that a running
 * server and a command, or a crash at any moment, never see half a file. A file that cannot be read
 * is never overwritten: a lost key turns genuine bounces into unproven ones. Safe for all threads
 * and processes.
 *
 * @param <T> what the file holds; immutable
 */
public abstract class SecretFile<T> {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** File locks hold between processes only. */
  private static final Object THIS_PROCESS = new Object();

  private final Path folder;
  private final Path file;
  private final Path lock;
  private final int maxOctets;

  /**
   * A file that need not exist.
   *
   * @param name of the file and, before its last dot, of the lock beside it
   * @param maxOctets more are neither read nor written
   */
  protected SecretFile(Path dataDirectory, String name, int maxOctets) {
    this.folder = dataDirectory.toAbsolutePath();
    this.file = dataDirectory.resolve(name);
    this.lock = dataDirectory.resolve(name.substring(0, name.lastIndexOf('.')) + ".lock");
    this.maxOctets = maxOctets;
  }

  /**
   * Reads the text of such a file.
   *
   * @throws IllegalArgumentException when it is anything else; the message names what is wrong and
   *     holds no secret
   */
  protected abstract T parse(String text);

  /** As it stands in the file, secrets in the clear. */
  protected abstract byte[] render(T content);

  /** What it means that there is no file. */
  protected abstract T absent() throws UnusableKeyFileException;

  /** What to do about a file that {@link #parse} refuses. */
  protected abstract String mend();

  /** Where it is, or would be. */
  public final Path path() {
    return file;
  }

  /** Whether there is such a file, readable or not. */
  public final boolean exists() {
    return Files.exists(file);
  }

  /** What the file holds now. */
  public final T load() throws UnusableKeyFileException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(maxOctets + 1);
      if (octets.length > maxOctets) {
        throw new UnusableKeyFileException(file + " is larger than any key file of ours");
      }
      return parse(new String(octets, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return absent();
    } catch (IOException e) {
      throw new UnusableKeyFileException("cannot read " + file + ": " + reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new UnusableKeyFileException(
          file + " is not a key file (" + e.getMessage() + "); " + mend(), e);
    }
  }

  /**
   * Changes the content in one step.
   *
   * @param change gets the present content; what it throws is passed on and nothing is written
   */
  public final T update(UnaryOperator<T> change) throws UnusableKeyFileException {
    return locked(() -> {
      T changed = change.apply(load());
      write(changed);
      return changed;
    });
  }

  /** Puts this in the place of whatever is there. */
  public final void replace(T content) throws UnusableKeyFileException {
    locked(() -> {
      write(content);
      return content;
    });
  }

  /** What the file holds, written now when there is no file yet. */
  protected final T loadOrCreate(Supplier<T> first) throws UnusableKeyFileException {
    if (exists()) {
      return load();
    }
    return locked(() -> {
      if (!exists()) { // another process may have been first
        write(first.get());
      }
      return load();
    });
  }

  /** When the file was changed last; the epoch when there is none. */
  public final FileTime modified() {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  /**
   * Whether others than the owner may read it; false where the file system has no such permissions.
   */
  public final boolean readableByOthers() {
    try {
      return !OWNER_ONLY.containsAll(
          Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private interface Action<T> {
    T run() throws IOException, UnusableKeyFileException;
  }

  private T locked(Action<T> action) throws UnusableKeyFileException {
    try {
      Files.createDirectories(folder, ownerOnlyFolder());
      synchronized (THIS_PROCESS) {
        return underFileLock(action);
      }
    } catch (IOException e) {
      throw new UnusableKeyFileException("cannot write " + file + ": " + reason(e), e);
    }
  }

  private T underFileLock(Action<T> action) throws IOException, UnusableKeyFileException {
    try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      return action.run();
    }
  }

  private void write(T content) throws IOException, UnusableKeyFileException {
    byte[] octets = render(content);
    if (octets.length > maxOctets) { // it could not be read any more
      throw new UnusableKeyFileException(
          file + " would have more than " + maxOctets + " octets; it stays as it was");
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      var rest = ByteBuffer.wrap(octets);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true); // the new name itself must survive a power cut
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
