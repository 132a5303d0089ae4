package dev.backstop.cli.auth.request;

import java.util.Optional;

/** What a line of a batch says. */
public sealed interface Parsed {

  /** What the asker knows the line by: any JSON value, as ASCII; empty when there is none. */
  Optional<String> id();

  /**
   * It can be answered.
   *
   * @param octets about the memory that it holds
   */
  record Good(Optional<String> id, Request request, int octets) implements Parsed {}

  /**
   * It cannot.
   *
   * @param error what is wrong, where, and how it can be mended; may quote the line
   */
  record Bad(Optional<String> id, String error) implements Parsed {}
}
