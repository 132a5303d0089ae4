package dev.backstop.server.recipients;

import dev.backstop.server.recipients.source.Finding;

/** What is known of a recipient. */
public sealed interface Outcome {

  /** Why, in plain words; no line end. */
  String reason();

  /** A source knows it. */
  record Exists(String reason) implements Outcome {}

  /** Whoever could know it does not: it is refused. */
  record Unknown(String reason) implements Outcome {}

  /** Somebody who could know it does not answer: it is put off, and never refused. */
  record Undecided(String reason) implements Outcome {}

  /** Nobody is asked, or nobody can tell: it is let in. */
  record Unchecked(String reason) implements Outcome {}

  /** {@code exists}, {@code unknown}, {@code undecided} or {@code unchecked}. */
  default String word() {
    return switch (this) {
      case Exists _ -> "exists";
      case Unknown _ -> "unknown";
      case Undecided _ -> "undecided";
      case Unchecked _ -> "unchecked";
    };
  }

  /** What the findings of all sources come to. */
  static Outcome of(Finding together) {
    return switch (together) {
      case Finding.Known(String detail) -> new Exists(detail);
      case Finding.Unknown(String detail) -> new Unknown(detail);
      case Finding.Failed(String detail) -> new Undecided(detail);
      case Finding.Silent(String detail) -> new Unchecked(detail);
    };
  }
}
