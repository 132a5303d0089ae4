package dev.backstop.store;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/** Short words for the tests of this package. */
final class Fixture {
  static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  static final Mailbox ALICE = mailbox("alice@sender.example");
  static final Mailbox BOB = mailbox("bob@elsewhere.example");
  static final Mailbox CAROL = mailbox("carol@elsewhere.example");

  /** Gives up soon, tries again soon. */
  static final Tuning QUICK =
      new Tuning(Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMillis(50), 0);

  private Fixture() {}

  static Mailbox mailbox(String text) {
    try {
      return Mailbox.parse(text);
    } catch (AddressSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static Store open(Path directory, InstantSource clock) throws UnableToOpenStoreException {
    return open(directory, clock, QUICK);
  }

  static Store open(Path directory, InstantSource clock, Tuning tuning)
      throws UnableToOpenStoreException {
    return Store.open(directory, KEY, StoreSettings.DEFAULTS, clock, tuning);
  }

  static JournalEntry entry(String messageId, Instant at, Mailbox... recipients) {
    return new JournalEntry(messageId, ALICE, List.of(recipients), at, true);
  }

  /** Another program's connection. */
  static Session other(Path directory) throws SQLException {
    return Session.open(directory.resolve("backstop.db"), new SQLiteConfig());
  }

  static long number(Path directory, String sql) throws SQLException {
    try (Session session = other(directory)) {
      return session.number(sql);
    }
  }

  /** Looks again and again, for at most 30 seconds. */
  static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come true within 30 s");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** True when the entry could be recorded. */
  static boolean recorded(Store store, JournalEntry entry) {
    try {
      store.journal().record(entry);
      return true;
    } catch (StoreException _) {
      return false;
    }
  }

  /** What the store says at ERROR and WARN from here on. */
  static ListAppender<ILoggingEvent> listen() {
    var appender = new ListAppender<ILoggingEvent>();
    appender.start();
    logger().addAppender(appender);
    return appender;
  }

  static List<String> errors(ListAppender<ILoggingEvent> heard) {
    return List.copyOf(heard.list).stream()
        .filter(event -> event.getLevel().equals(Level.ERROR))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("dev.backstop.store");
  }
}
