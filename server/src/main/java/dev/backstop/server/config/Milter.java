package dev.backstop.server.config;

import dev.backstop.edge.ListenAddress;
import java.time.Duration;
import java.util.List;

/**
 * The door for mail servers that speak milter.
 *
 * @param listen none: the door is closed
 * @param maxConnections open at the same time, over all addresses; more are closed at once
 * @param idleTimeout without a packet, after which a connection is closed. Long by default, as in
 *     libmilter: the mail server says nothing to us while its client dribbles a message
 * @param maxRecipients per transaction; RFC 5321 §4.5.3.1.8 asks for 100 or more
 * @param maxHeaderFields per message
 * @param maxHeaderSize octets of all header fields together
 * @param bodyLimit octets of an incoming body that are read; the rest passes unread
 * @param onStoreFailure what happens to mail when the journal cannot be read or written
 */
public record Milter(
    List<ListenAddress> listen,
    int maxConnections,
    Duration idleTimeout,
    int maxRecipients,
    int maxHeaderFields,
    int maxHeaderSize,
    int bodyLimit,
    OnStoreFailure onStoreFailure) {

  static final Milter DEFAULT =
      new Milter(
          List.of(ListenAddress.parse("127.0.0.1:8891")),
          10_000,
          Duration.ofHours(2),
          2000,
          2000,
          1024 * 1024,
          256 * 1024,
          OnStoreFailure.ACCEPT);

  public Milter {
    listen = List.copyOf(listen);
  }

  /** What happens to mail when the journal cannot be read or written. */
  public enum OnStoreFailure {
    /** It passes, and the event says that a proof was missing. */
    ACCEPT,
    /** 451: the sender keeps it and tries again. */
    TEMPFAIL;

    /** As written in the file. */
    @Override
    public String toString() {
      return Words.of(this);
    }
  }
}
