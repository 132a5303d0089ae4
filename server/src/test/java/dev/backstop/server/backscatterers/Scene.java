package dev.backstop.server.backscatterers;

import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.mail.address.IpLiteral;
import dev.backstop.server.config.BackscattererRules;
import dev.backstop.server.config.Network;
import dev.backstop.store.Store;
import dev.backstop.store.StoreSettings;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A list over a real store, with a clock that a test steps. */
final class Scene implements AutoCloseable, InstantSource {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final Network OURS = Network.parse("203.0.113.0/24");
  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  final Store store;
  Backscatterers list;
  private final int most;
  private Instant now = START;

  Scene(Path folder) throws Exception {
    this(folder, Backscatterers.MOST_HOSTS);
  }

  Scene(Path folder, int most) throws Exception {
    this.most = most;
    store = Store.open(folder, KEY, StoreSettings.DEFAULTS, this);
    list = open();
  }

  private Backscatterers open() {
    return Backscatterers.open(
        store.reporters(), BackscattererRules.DEFAULT, OURS::contains, this, most);
  }

  /** As after a restart: all that is known comes from the store. */
  void reopen() {
    list.close();
    list = open();
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  void sends(String host, int falseOnes, int genuine) {
    for (int i = 0; i < falseOnes; i++) {
      list.seen(address(host), Verdict.BACKSCATTER, now);
    }
    for (int i = 0; i < genuine; i++) {
      list.seen(address(host), Verdict.GENUINE, now);
    }
  }

  boolean lists(String host) {
    return list.listed(address(host)).isPresent();
  }

  static InetAddress address(String text) {
    return IpLiteral.parse(text);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void close() {
    list.close();
    store.close();
  }
}
