package dev.backstop.edge.table;

import java.util.Optional;

/** A table that Postfix may ask. Called by many threads at the same time; may block. */
@FunctionalInterface
public interface Lookup {

  /**
   * The value for a key.
   *
   * @param key as Postfix sent it, usually an address; anything a stranger may write
   * @return the value, one line; empty when there is none
   * @throws RuntimeException if it cannot be said now: Postfix then tries again later
   */
  Optional<String> find(String key);
}
