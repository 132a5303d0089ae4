package dev.backstop.cli.check;

import dev.backstop.mail.message.MboxReader;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.RawMessage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * The messages behind the paths of the command line, one at a time: files, mbox files, Maildirs,
 * folders, standard input. What cannot be read is told and passed over.
 */
final class Inputs {
  /** Octets read of one message. */
  static final int MAX_MESSAGE = 16 << 20;

  private static final int MAX_DEPTH = 64;
  private static final int SNIFF = 512;

  private final BiConsumer<String, RawMessage> messages;
  private final BiConsumer<String, String> problems;

  /**
   * Readers of the results.
   *
   * @param messages name and message
   * @param problems name and reason why it could not be read
   */
  Inputs(BiConsumer<String, RawMessage> messages, BiConsumer<String, String> problems) {
    this.messages = messages;
    this.problems = problems;
  }

  void standardInput(InputStream in) {
    try {
      stream("-", new BufferedInputStream(in), false);
    } catch (IOException e) {
      problems.accept("-", reason(e));
    }
  }

  /** A path that the user named: read whatever it looks like. */
  void path(Path path) {
    if (Files.isDirectory(path)) {
      folder(path, 0);
    } else {
      file(path);
    }
  }

  private void folder(Path folder, int depth) {
    if (depth > MAX_DEPTH) {
      problems.accept(folder.toString(), "folders are nested too deep");
      return;
    }
    List<Path> entries = entries(folder);
    boolean maildir = isMaildir(folder);
    for (Path entry : entries) {
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        if (!(maildir && entry.endsWith("tmp"))) { // half-written messages
          folder(entry, depth + 1);
        }
      } else if (Files.isRegularFile(entry) && isMail(entry, folder)) {
        file(entry);
      }
    }
  }

  private List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (IOException e) {
      problems.accept(folder.toString(), reason(e));
    } catch (DirectoryIteratorException e) {
      problems.accept(folder.toString(), String.valueOf(e.getMessage()));
    }
    Collections.sort(entries);
    return entries;
  }

  private static boolean isMaildir(Path folder) {
    return Files.isDirectory(folder.resolve("cur")) && Files.isDirectory(folder.resolve("new"));
  }

  /** In a folder only what is mail by its name, its place or its first line. */
  private boolean isMail(Path file, Path folder) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (isSingle(name) || name.endsWith(".mbox") || name.endsWith(".mbx")) {
      return true;
    }
    boolean inMaildir = folder.endsWith("cur") || folder.endsWith("new");
    if (inMaildir && folder.getParent() != null && isMaildir(folder.getParent())) {
      return !name.startsWith(".");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return looksLikeMail(in.readNBytes(SNIFF));
    } catch (IOException e) {
      problems.accept(file.toString(), reason(e));
      return false;
    }
  }

  private static boolean isSingle(String lowerCaseName) {
    return lowerCaseName.endsWith(".eml");
  }

  /** A separator of mbox, or a field whose name has only letters, digits and hyphens. */
  static boolean looksLikeMail(byte[] beginning) {
    if (MboxReader.isSeparator(beginning, beginning.length)) {
      return true;
    }
    int i = 0;
    while (i < beginning.length
        && (Character.isLetterOrDigit(beginning[i]) || beginning[i] == '-')) {
      i++;
    }
    boolean field = i > 1 && i + 1 < beginning.length && beginning[i] == ':';
    return field
        && (beginning[i + 1] == ' ' || beginning[i + 1] == '\t')
        && hasSecondField(beginning);
  }

  private static boolean hasSecondField(byte[] beginning) {
    return MessageSplitter.header(beginning, beginning.length).fields().size() >= 2;
  }

  private void file(Path file) {
    String name = file.toString();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      boolean single = isSingle(name.toLowerCase(Locale.ROOT));
      stream(name, in, single);
    } catch (IOException e) {
      problems.accept(name, reason(e));
    }
  }

  private void stream(String name, InputStream in, boolean single) throws IOException {
    in.mark(SNIFF);
    byte[] beginning = in.readNBytes(SNIFF);
    in.reset();
    if (beginning.length == 0) {
      problems.accept(name, "empty");
    } else if (!single && MboxReader.isSeparator(beginning, beginning.length)) {
      mbox(name, in);
    } else {
      one(name, in);
    }
  }

  private void mbox(String name, InputStream in) throws IOException {
    var reader = new MboxReader(in, MAX_MESSAGE);
    int number = 0;
    for (RawMessage message = reader.next(); message != null; message = reader.next()) {
      number++;
      accept(name + ":" + number, message);
    }
  }

  private void one(String name, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_MESSAGE);
    boolean truncated = bytes.length == MAX_MESSAGE && in.read() >= 0;
    accept(name, MessageSplitter.split(bytes, bytes.length, truncated));
  }

  private void accept(String name, RawMessage message) {
    if (message.header().isEmpty()) {
      problems.accept(name, "no mail: it has no header");
    } else {
      messages.accept(name, message);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }
}
