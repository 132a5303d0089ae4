package dev.backstop.server.keys.dkim;

import java.security.PrivateKey;
import java.time.Instant;

/**
 * What a key is there for. A private half is kept only while it signs or is going to: what is not
 * here cannot be stolen.
 */
public sealed interface DkimState {

  /** Made, and its record is to be published; does not sign yet. */
  record New(PrivateKey privateKey) implements DkimState {
    @Override
    public String toString() {
      return "New";
    }
  }

  /** Signs. */
  record Signing(PrivateKey privateKey, Instant since) implements DkimState {
    @Override
    public String toString() {
      return "Signing[since " + since + "]";
    }
  }

  /** Another program signs with it; we recognise what comes back. */
  record External() implements DkimState {}

  /** Signs no more; recognises what comes back, for as long as it is kept. */
  record Retired(Instant at) implements DkimState {}

  /** As it is called in files and by commands. */
  default String word() {
    return switch (this) {
      case New _ -> "new";
      case Signing _ -> "signing";
      case External _ -> "external";
      case Retired _ -> "retired";
    };
  }
}
