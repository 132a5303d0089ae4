package dev.backstop.edge;

import java.io.IOException;

/** What a {@link Listener} needs to know of a protocol. */
public interface Door {

  /** A session for a new connection. */
  Session open(Connection connection);

  /** What a connection beyond the limit is told before it is closed; empty: nothing. */
  default byte[] busy() {
    return new byte[0];
  }

  /** One peer's dialogue. */
  interface Session {
    /**
     * Talks until the peer has finished. Runs on a virtual thread of its own; the listener closes
     * the connection afterwards.
     *
     * @throws IOException when the connection broke or was closed
     */
    void serve() throws IOException;

    /** Whether closing the connection now would interrupt something. Called by other threads. */
    boolean busy();

    /**
     * Called by another thread, at the end of the server, again and again: whether the connection
     * can be closed now. Where the protocol has a word of goodbye, it has been said then, and
     * nothing that the peer says any more is heard. Must not block for long.
     */
    default boolean farewell() {
      return !busy();
    }

    /**
     * Called from time to time by another thread, which must not be held up.
     *
     * @param now {@link System#nanoTime}
     */
    default void tick(long now) {}
  }
}
