package dev.backstop.dns;

/** What a server said about the question. */
sealed interface Reading<T> {
  /** The answer. */
  record Settled<T>(Lasting<T> lasting) implements Reading<T> {}

  /** Aliases whose end the server did not look up: ask for that name. */
  record Moved<T>(Trail trail) implements Reading<T> {}

  /** Nothing that helps; another server may know more. */
  record Useless<T>(String reason) implements Reading<T> {}

  /** Nothing in time. */
  record Silent<T>() implements Reading<T> {}
}
