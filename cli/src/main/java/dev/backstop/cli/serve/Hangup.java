package dev.backstop.cli.serve;

import sun.misc.Signal;

/** SIGHUP, which Java offers in its module jdk.unsupported only. */
final class Hangup {
  private Hangup() {}

  /** Runs something on each SIGHUP, one after the other; nothing where there is no such signal. */
  static void on(Runnable action) {
    try {
      Signal.handle(new Signal("HUP"), _ -> action.run());
    } catch (IllegalArgumentException e) {
      // Windows has no SIGHUP; there a restart reads the configuration.
    }
  }
}
