package dev.backstop.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A Postfix of its own beside whatever is installed: own configuration, queue, log, mailboxes and
 * ports, all in one temporary folder that goes with it. Closing stops it, and so does the death of
 * this process.
 */
public final class PostfixInstance implements AutoCloseable {
  private static final int MAILBOX_OWNER = 5000;

  private final Path folder;
  private final int port;
  private final Undertaker undertaker;

  /**
   * Starts it.
   *
   * @param main lines of main.cf, of which {@code $folder} is replaced
   * @param services lines of master.cf after the usual ones
   */
  public PostfixInstance(String name, int port, String main, String services) {
    this.port = port;
    try {
      folder = Files.createTempDirectory("backstop-" + name + "-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      prepare(name, main, services);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    undertaker =
        new Undertaker(
            "postfix -c \"$1/conf\" stop || postfix -c \"$1/conf\" abort; rm -rf \"$1\"",
            folder.toString());
    start();
  }

  private void prepare(String name, String main, String services) throws IOException {
    Path conf = Files.createDirectory(folder.resolve("conf"));
    Files.createDirectory(folder.resolve("queue"));
    Path data = Files.createDirectory(folder.resolve("data"));
    var users = data.getFileSystem().getUserPrincipalLookupService();
    Files.setOwner(data, users.lookupPrincipalByName("postfix"));
    Path mailboxes = Files.createDirectory(folder.resolve("mail"));
    Files.setAttribute(mailboxes, "unix:uid", MAILBOX_OWNER);
    Files.writeString(conf.resolve("main.cf"), PostfixFiles.main(folder, name, main));
    Files.writeString(conf.resolve("master.cf"), PostfixFiles.master(port, services));
  }

  public void start() {
    postfix("start");
    Await.until(
        "Postfix on port " + port,
        () -> {
          try (var _ = new SmtpClient(SmtpClient.OURS, port)) {
            return true;
          } catch (UncheckedIOException _) {
            return false;
          }
        });
  }

  /** {@code start}, {@code stop}, {@code flush} and the like. */
  public void postfix(String command) {
    Shell.run("postfix", "-c", folder.resolve("conf").toString(), command);
  }

  /** What a table of Postfix answers; empty when it does not know the key. */
  public Optional<String> postmap(String key, String table) {
    // It ends with 1 for "not found" and for an error alike, but tells of an error.
    String command = "postmap -c \"$1\" -q \"$2\" \"$3\" || test $? = 1";
    String conf = folder.resolve("conf").toString();
    String printed = Shell.run("sh", "-c", command, "sh", conf, key, table).strip();
    return printed.isEmpty() ? Optional.empty() : Optional.of(printed);
  }

  /** Hands a message over with the sendmail command, as cron does. */
  public void sendmail(String sender, String recipient, String text) {
    try {
      Path input =
          Files.writeString(folder.resolve("submitted"), text, StandardCharsets.ISO_8859_1);
      String conf = folder.resolve("conf").toString();
      Shell.run(input, "sendmail", "-C", conf, "-i", "-f", sender, recipient);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where all of it is; mailboxes are Maildirs in {@code mail}. */
  public Path folder() {
    return folder;
  }

  public int port() {
    return port;
  }

  /** The only message in that user's mailbox with this text, waited for. */
  public Letter letter(String user, String text) {
    return letter(user, letter -> letter.text().contains(text), text);
  }

  public Letter letter(String user, Predicate<Letter> wanted, String what) {
    return Await.present(
        "mail to " + user + " with " + what,
        () -> mailbox(user).stream().filter(wanted).findFirst(),
        () -> log() + "\nqueue:\n" + queue());
  }

  /** Everything in that user's mailbox now. */
  public List<Letter> mailbox(String user) {
    Path arrived = folder.resolve("mail").resolve(user).resolve("new");
    if (!Files.isDirectory(arrived)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(arrived)) {
      return files.map(PostfixInstance::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Letter read(Path file) {
    try {
      return new Letter(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets go a message of the hold queue. */
  public void release(String queueId) {
    String conf = folder.resolve("conf").toString();
    Shell.run("postsuper", "-c", conf, "-H", queueId);
    Shell.run("postqueue", "-c", conf, "-f");
  }

  /** What waits in the queue, as postqueue shows it. */
  public String queue() {
    return Shell.run("postqueue", "-c", folder.resolve("conf").toString(), "-p");
  }

  public String log() {
    try {
      Path log = folder.resolve("log");
      return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first line of the log with all of these, waited for. */
  public String logged(String... parts) {
    return Await.present("a log line with " + List.of(parts), () -> find(parts), this::log);
  }

  private Optional<String> find(String... parts) {
    return log().lines().filter(line -> Stream.of(parts).allMatch(line::contains)).findFirst();
  }

  @Override
  public void close() {
    undertaker.close();
  }
}
