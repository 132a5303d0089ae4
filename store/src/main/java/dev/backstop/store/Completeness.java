package dev.backstop.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the journal misses a message that was let go.
 *
 * <p>A store that fails cannot write down that it failed, and a process may be killed before it
 * works again. So the whole journal is what is written down: by a file that is <em>removed</em>
 * before the first failure is reported to the caller, which a full disk or a locked or damaged
 * database does not prevent. Found missing at the next start, the journal counts as complete from
 * that start only. Thread-safe.
 */
final class Completeness {
  private static final Logger LOG = LoggerFactory.getLogger(Completeness.class);
  private final Path marker;
  private long failures;
  private long covered = -1;
  private boolean marked;
  private boolean mayExist;

  Completeness(Path marker) {
    this.marker = marker;
    this.marked = Files.exists(marker);
    this.mayExist = marked;
  }

  /** Whether the file says that nothing is missing. */
  synchronized boolean isMarked() {
    return marked;
  }

  /** A message goes on without its row: call this before it does. */
  synchronized void lost() {
    failures++;
    marked = false;
    if (!mayExist) {
      return;
    }
    try {
      Files.deleteIfExists(marker);
      syncFolder();
      mayExist = false;
    } catch (IOException e) {
      LOG.error(
          "cannot remove {}: if Backstop ends before the store works again, remove it by hand,"
              + " else genuine mail may be refused",
          marker,
          e);
    }
  }

  /** Number of messages lost so far, to be handed to {@link #covered}. */
  synchronized long failures() {
    return failures;
  }

  /** False from a failure on until the time of completeness has been moved behind it. */
  synchronized boolean isWhole() {
    return failures == covered;
  }

  /** The store durably says "complete from now" and had seen this many failures when it did. */
  synchronized void covered(long seen) {
    covered = Math.max(covered, seen);
    mark();
  }

  /** Writes the file when it may be there and is not; on a full disk that takes several tries. */
  synchronized void mark() {
    if (failures != covered || marked) {
      return;
    }
    mayExist = true;
    try {
      Files.writeString(marker, "Every message let go is in the journal.\n");
      syncFolder();
      marked = true;
    } catch (IOException e) {
      // A restart before it succeeds counts from itself: less evidence, no error.
      LOG.warn("cannot write {} yet: {}", marker, e.toString());
    }
  }

  private void syncFolder() throws IOException {
    Path folder = marker.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
