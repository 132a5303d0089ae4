package dev.backstop.cli.check.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The messages behind the paths of the command line, one at a time and in order: files, mbox files,
 * Maildirs, folders, standard input. What cannot be read is told and passed over.
 */
public final class Inputs {
  private static final int MAX_DEPTH = 64;

  /** Octets read of one message where nothing more is said. */
  private static final int USUAL_MESSAGE = 16 << 20;

  private final Sink sink;
  private final Reached reached;
  private final @Nullable Path ignored;
  private final MailFile files;

  /**
   * A reader that tells the sink.
   *
   * @param ignored a file that is never read: our own output
   */
  public Inputs(Sink sink, Reached reached, @Nullable Path ignored) {
    this(sink, reached, ignored, USUAL_MESSAGE);
  }

  /**
   * The same with another bound.
   *
   * @param maxMessage octets read of one message; the rest of a longer one is cut
   */
  public Inputs(Sink sink, Reached reached, @Nullable Path ignored, int maxMessage) {
    this.sink = sink;
    this.reached = reached;
    this.ignored = ignored;
    this.files = new MailFile(sink, reached, maxMessage);
  }

  /** Reads all of them; {@code -} is standard input. */
  public void read(List<String> paths, InputStream standardInput) {
    reached.expect(paths.size());
    for (String path : paths) {
      if (path.equals("-")) {
        files.standardInput(standardInput);
      } else {
        named(Path.of(path));
      }
    }
    reached.end();
  }

  /** A path that the user named: read whatever it looks like. */
  private void named(Path path) {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        reached.expect(-1);
        folder(path, 0);
      } else {
        files.read(path, attributes.isRegularFile() ? attributes.size() : 0, true);
      }
    } catch (IOException e) {
      sink.problem(path.toString(), Trouble.of(e));
    }
  }

  private void folder(Path folder, int depth) {
    if (depth > MAX_DEPTH) {
      sink.problem(folder.toString(), "folders are nested too deep");
      return;
    }
    List<Path> entries = entries(folder);
    reached.expect(entries.size());
    boolean messages = isPartOfMaildir(folder) && isMaildir(folder.toAbsolutePath().getParent());
    for (Path entry : entries) {
      try {
        entry(entry, messages, depth);
      } catch (IOException e) {
        sink.problem(entry.toString(), Trouble.of(e));
      }
    }
  }

  private void entry(Path entry, boolean message, int depth) throws IOException {
    var attributes =
        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isDirectory()) {
      reached.expect(-1);
      if (!(entry.endsWith("tmp") && isMaildir(entry.getParent()))) { // half-written messages
        folder(entry, depth + 1);
      }
      return;
    }
    if (attributes.isSymbolicLink()) { // to files only: links to folders can lead in circles
      attributes = Files.readAttributes(entry, BasicFileAttributes.class);
    }
    boolean hidden = entry.getFileName().toString().startsWith(".");
    if (entry.equals(ignored)) {
      reached.expect(-1);
    } else if (!attributes.isRegularFile() || (message && hidden)) {
      sink.passedOver(entry.toString());
    } else {
      files.read(entry, attributes.size(), message || isNamedAsMail(entry));
    }
  }

  private static boolean isNamedAsMail(Path entry) {
    String name = entry.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".eml")
        || name.endsWith(".emlx")
        || name.endsWith(".mbox")
        || name.endsWith(".mbx");
  }

  private List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (IOException e) {
      sink.problem(folder.toString(), Trouble.of(e));
    } catch (DirectoryIteratorException e) {
      IOException cause = e.getCause() == null ? new IOException(e) : e.getCause();
      sink.problem(folder.toString(), Trouble.of(cause));
    }
    Collections.sort(entries);
    return entries;
  }

  private static boolean isPartOfMaildir(Path folder) {
    return folder.endsWith("cur") || folder.endsWith("new");
  }

  private static boolean isMaildir(@Nullable Path folder) {
    return folder != null
        && Files.isDirectory(folder.resolve("cur"))
        && Files.isDirectory(folder.resolve("new"));
  }
}
