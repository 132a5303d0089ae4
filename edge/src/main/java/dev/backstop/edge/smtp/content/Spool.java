package dev.backstop.edge.smtp.content;

import dev.backstop.edge.BufferPool;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message while it waits for its verdict: the beginning in memory, the rest in a file that has no
 * name any more, so that a crash leaves nothing behind. Not for several threads.
 */
final class Spool implements Closeable {
  private static final int PIECE = 144 * 1024;

  private final SpoolSpace space;
  private final int mostInMemory;
  private byte @Nullable [] memory;
  private int inMemory;
  private @Nullable FileChannel file;
  private byte @Nullable [] pending;
  private int inPending;
  private long onDisk;

  /**
   * An empty one.
   *
   * @param mostInMemory octets; less when memory is short
   */
  Spool(SpoolSpace space, int mostInMemory) {
    this.space = space;
    this.mostInMemory = mostInMemory;
  }

  /**
   * Adds octets.
   *
   * @throws IOException when there is no room for them, or the disk fails
   */
  void write(byte[] octets, int from, int to) throws IOException {
    int taken = file == null ? toMemory(octets, from, to) : from;
    if (taken < to) {
      toFile(octets, taken, to);
    }
  }

  /** How far it got. */
  private int toMemory(byte[] octets, int from, int to) {
    int take = Math.min(to - from, mostInMemory - inMemory);
    if (take == 0 || !makeRoom(inMemory + take)) {
      return from;
    }
    System.arraycopy(octets, from, beginning(), inMemory, take);
    inMemory += take;
    return from + take;
  }

  private boolean makeRoom(int length) {
    byte[] old = memory;
    if (old != null && old.length >= length) {
      return true;
    }
    int wanted =
        old == null ? length : (int) Math.max(length, Math.min(4L * old.length, mostInMemory));
    byte[] next = space.memory().take(wanted);
    if (next == null) {
      return false;
    }
    if (old != null) {
      System.arraycopy(old, 0, next, 0, inMemory);
      space.memory().give(old);
    }
    memory = next;
    return true;
  }

  private void toFile(byte[] octets, int from, int to) throws IOException {
    FileChannel open = file == null ? open() : file;
    if (!space.disk().reserve(to - from)) {
      throw new IOException("the spool has no room left");
    }
    onDisk += to - from;
    write(open, ByteBuffer.wrap(octets, from, to - from));
  }

  /** Small pieces are gathered. */
  private void write(FileChannel open, ByteBuffer octets) throws IOException {
    byte[] gather = pending;
    if (gather == null) {
      gather = space.memory().take(PIECE);
      pending = gather;
    }
    if (gather != null && octets.remaining() <= gather.length - inPending) {
      int length = octets.remaining();
      octets.get(gather, inPending, length);
      inPending += length;
      return;
    }
    flush(open);
    writeAll(open, octets);
  }

  private void flush(FileChannel open) throws IOException {
    byte[] gathered = pending;
    if (gathered != null && inPending > 0) {
      writeAll(open, ByteBuffer.wrap(gathered, 0, inPending));
      inPending = 0;
    }
  }

  private static void writeAll(FileChannel open, ByteBuffer octets) throws IOException {
    while (octets.hasRemaining()) {
      open.write(octets);
    }
  }

  /** With that option the file loses its name at once. */
  private FileChannel open() throws IOException {
    Path path = space.folder().resolve(SpoolSpace.PREFIX + UUID.randomUUID());
    FileChannel open =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE),
            SpoolSpace.OWNER_ONLY);
    Files.deleteIfExists(path); // where the system kept the name
    file = open;
    return open;
  }

  /** Octets so far. */
  long length() {
    return inMemory + onDisk;
  }

  /** Octets of {@link #beginning} that are good. */
  int inMemory() {
    return inMemory;
  }

  byte[] beginning() {
    return memory == null ? new byte[0] : memory;
  }

  /** All of it, in order. */
  void copyTo(Sink sink) throws IOException {
    sink.write(beginning(), 0, inMemory);
    FileChannel open = file;
    if (open == null) {
      return;
    }
    flush(open);
    byte[] piece = pending == null ? new byte[16 * 1024] : pending;
    for (long at = 0; at < onDisk; ) {
      int read = open.read(ByteBuffer.wrap(piece), at);
      if (read < 0) {
        throw new IOException("the spool file has lost its end");
      }
      sink.write(piece, 0, read);
      at += read;
    }
  }

  @Override
  public void close() {
    BufferPool pool = space.memory();
    if (memory != null) {
      pool.give(memory);
      memory = null;
    }
    if (pending != null) {
      pool.give(pending);
      pending = null;
    }
    closeFile();
    inMemory = 0;
  }

  private void closeFile() {
    space.disk().release(onDisk);
    onDisk = 0;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // It has no name, and nobody reads it any more.
      }
      file = null;
    }
  }
}
