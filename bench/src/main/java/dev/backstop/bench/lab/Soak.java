package dev.backstop.bench.lab;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.dns.DnsName;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.keys.Keys;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimKeyPair;
import dev.backstop.server.keys.dkim.DkimKeys;
import dev.backstop.server.keys.dkim.DkimState;
import dev.backstop.store.Health;
import dev.backstop.store.StoreException;
import dev.backstop.store.UnableToOpenStoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Two weeks of mail through one installation, with all that can happen to it meanwhile: restarts,
 * midnights, the day on which numbers of days begin anew, other keys, a store that goes away, a
 * clock that is set back. For one thread.
 */
final class Soak implements AutoCloseable {
  /** Day 21,000 since 1970, whose number in a tag is 000, begins on 2027-07-01. */
  private static final Instant START = Instant.parse("2027-06-24T12:00:00Z");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SteppedClock clock = new SteppedClock(START);
  private final Traffic traffic;
  private final Path folder;
  private final int messages;
  private final Consumer<String> out;
  private final List<String> wrong = new ArrayList<>();

  private Keys keys = Keys.generate(new SecureRandom(), START.minus(Duration.ofDays(30)));
  private DkimKeys dkim = DkimKeys.NONE;
  private Installation installation;

  /**
   * Everything is new.
   *
   * @param messages of all phases together
   * @param out gets a line for each phase
   */
  Soak(Path folder, int messages, Consumer<String> out)
      throws IOException, ConfigException, StoreException, UnableToOpenStoreException {
    this.folder = folder;
    this.messages = messages;
    this.out = out;
    this.traffic = new Traffic(clock, 1);
    this.dkim = withNewKey("a");
    this.installation = open();
  }

  private Installation open()
      throws IOException, ConfigException, StoreException, UnableToOpenStoreException {
    return new Installation(folder, Scene.TAGS.toml(true), keys, dkim, clock);
  }

  private DkimKeys withNewKey(String selector) {
    var pair =
        DkimKeyPair.generate(Algorithm.RSA_SHA256, DkimKeyPair.GOOD_BITS, new SecureRandom());
    Instant now = clock.instant();
    var key =
        new DkimKey(
            DnsName.parse("ours.test").orElseThrow(),
            selector,
            Algorithm.RSA_SHA256,
            pair.publicKey(),
            now,
            new DkimState.Signing(pair.privateKey(), now));
    return dkim.with(List.of(key), now);
  }

  /** Runs all phases; returns what went wrong. */
  List<String> run()
      throws IOException,
          ConfigException,
          StoreException,
          UnableToOpenStoreException,
          SQLException {
    out.accept(Tally.HEAD);
    phase("a day and its midnight", 12, Duration.ofDays(1));
    restart();
    phase("after a restart", 12, Duration.ofDays(2));
    rotate("b");
    phase("after a rotation of all keys", 10, Duration.ofDays(1));
    locked();
    phase("the store is back", 10, Duration.ofDays(1));
    closed();
    phase("the store was closed and is open again", 10, Duration.ofHours(36));
    clock.set(Instant.parse("2027-06-30T12:00:00Z"));
    phase("over the day on which 999 becomes 000", 14, Duration.ofDays(1));
    restart();
    rotate("c");
    phase("after it, with other keys", 10, Duration.ofDays(1));
    clock.set(Instant.parse("2027-07-03T00:20:00Z"));
    phase("just after midnight", 5, Duration.ofMinutes(10));
    clock.step(Duration.ofHours(-1));
    phase("the clock set back by an hour, over midnight", 5, Duration.ofMinutes(10));
    restart();
    phase("and a restart", 8, Duration.ofDays(1));
    return List.copyOf(wrong);
  }

  /**
   * One phase.
   *
   * @param share of all messages, in per cent
   * @param time that it takes
   */
  private void phase(String name, int share, Duration time) {
    phase(name, share, time, true);
  }

  private void phase(String name, int share, Duration time, boolean storeWorks) {
    Tally.Counters before = Tally.Counters.of(installation);
    var tally = new Tally(storeWorks);
    int most = Math.max(1, messages * share / 100);
    for (int i = 0; i < most; i++) {
      traffic.next(installation, tally);
      clock.step(time.dividedBy(most));
    }
    tally.compare(Tally.Counters.of(installation).since(before));
    tally.wrong().forEach(each -> wrong.add(name + ": " + each));
    out.accept(tally.row(name));
  }

  private void restart()
      throws IOException, ConfigException, StoreException, UnableToOpenStoreException {
    installation.close();
    installation = open();
  }

  private void rotate(String selector)
      throws IOException, ConfigException, StoreException, UnableToOpenStoreException {
    byte[] secret = Keys.secret(new SecureRandom());
    keys = keys.withTags(keys.tags().rotated(secret, clock.instant()));
    dkim = withNewKey(selector);
    restart();
  }

  /** Another program holds the file; then it lets it go. */
  private void locked() throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("data").resolve("backstop.db");
    try (Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      phase("the store is locked", 2, Duration.ofHours(2), false);
      statement.execute("ROLLBACK");
    }
    await();
  }

  /** The store is gone while mail goes on; then everything starts anew. */
  private void closed()
      throws IOException, ConfigException, StoreException, UnableToOpenStoreException {
    installation.store.close();
    phase("the store is closed", 2, Duration.ofHours(2), false);
    restart();
  }

  private void await() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!(installation.store.health() instanceof Health.Ok)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "the store did not come back: " + installation.store.health());
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() {
    installation.close();
  }
}
