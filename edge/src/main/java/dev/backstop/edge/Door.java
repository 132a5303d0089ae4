package dev.backstop.edge;

import java.io.IOException;

/** What a {@link Listener} needs to know of a protocol. */
public interface Door {

  /** A session for a new connection. */
  Session open(Connection connection);

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
     * Called from time to time by another thread, which must not be held up.
     *
     * @param now {@link System#nanoTime}
     */
    default void tick(long now) {}
  }
}
