package dev.backstop.it.gateway;

import dev.backstop.it.Await;
import dev.backstop.it.Letter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A real mail server behind the gateway, which sends through it, too. Its domain is ours.test. */
interface MailServer extends AutoCloseable {
  List<String> USERS = List.of("user", "writer", "submitter", "victim");

  /** Where the gateway connects to. */
  int port();

  /** Where our users hand in their mail, and from which address. */
  int submission();

  String submitter();

  /** How the gateway tells it who the client is: a value of {@code identify-client}. */
  String identifies();

  String log();

  /** Maildir of that user. */
  Path mailbox(String user);

  @Override
  void close();

  /** Everything in that user's mailbox now. */
  default List<Letter> letters(String user) {
    Path arrived = mailbox(user).resolve("new");
    if (!Files.isDirectory(arrived)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(arrived)) {
      return files.map(MailServer::read).toList();
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

  /** The first message with this text, waited for. */
  default Letter letter(String user, String text) {
    return Await.present(
        "mail to " + user + " with " + text,
        () -> letters(user).stream().filter(letter -> letter.text().contains(text)).findFirst(),
        this::log);
  }

  /** The first line of the log with all of these, waited for. */
  default String logged(String... parts) {
    return Await.present("a log line with " + List.of(parts), () -> find(parts), this::log);
  }

  private Optional<String> find(String... parts) {
    return log().lines().filter(line -> Stream.of(parts).allMatch(line::contains)).findFirst();
  }
}
