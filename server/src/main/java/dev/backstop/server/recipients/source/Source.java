package dev.backstop.server.recipients.source;

import java.time.Duration;

/**
 * Somebody who may know which addresses exist. Safe for all threads; does not throw for anything
 * that the other side can cause.
 */
public interface Source extends AutoCloseable {

  /** One of a few words: {@code file}, {@code ldap}; for people and for metrics. */
  String name();

  /** Which file or server, for people; no secret. */
  String place();

  /**
   * Asks, and waits.
   *
   * @param most longest time to wait
   */
  Finding ask(Wanted wanted, Duration most);

  @Override
  void close();
}
