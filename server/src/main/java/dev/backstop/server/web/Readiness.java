package dev.backstop.server.web;

import java.util.SequencedMap;

/**
 * What must work before mail should come here. Called on each request, on many threads at a time;
 * answers at once from what is already known.
 */
@FunctionalInterface
public interface Readiness {

  /** By name, in the order of the report. */
  SequencedMap<String, Check> checks();

  /**
   * The state of one part.
   *
   * @param detail for people; never a secret, never an address of a user
   */
  record Check(boolean up, String detail) {}
}
