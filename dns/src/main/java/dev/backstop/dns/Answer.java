package dev.backstop.dns;

import java.util.List;

/**
 * What a name server said, or that it did not. Five different answers: only {@link NoSuchName} and
 * {@link NoData} say that something is not there, and only they may ever count against a sender.
 */
public sealed interface Answer<T> {

  /**
   * There are such records.
   *
   * @param records at least one, in the order of the answer
   * @param authenticated whether the resolver vouches for it (AD bit, RFC 4035 §3.2.3)
   */
  record Found<T>(List<T> records, boolean authenticated) implements Answer<T> {
    public Found {
      records = List.copyOf(records);
      if (records.isEmpty()) {
        throw new IllegalArgumentException("found nothing");
      }
    }
  }

  /** NXDOMAIN: the name does not exist, with records of any type (RFC 2308 §2.1). */
  record NoSuchName<T>(boolean authenticated) implements Answer<T> {}

  /** The name exists, without records of this type (RFC 2308 §2.2). */
  record NoData<T>(boolean authenticated) implements Answer<T> {}

  /**
   * The question could not be answered: SERVFAIL, REFUSED, a broken answer, a chain of aliases
   * without end, or our own budget for one message used up.
   *
   * @param reason a few words for the log
   */
  record ServerFailure<T>(String reason) implements Answer<T> {}

  /** No server answered in time. */
  record Timeout<T>() implements Answer<T> {}

  /** The records found; empty for every other answer. */
  default List<T> records() {
    return this instanceof Found<T> found ? found.records() : List.of();
  }

  /** Whether asking again later may give another answer. */
  default boolean isTemporary() {
    return this instanceof ServerFailure || this instanceof Timeout;
  }

  /** A few words for logs and explanations. */
  default String describe() {
    return switch (this) {
      case Found<T> found -> found.records().size() + " found";
      case NoSuchName<T> _ -> "no such name";
      case NoData<T> _ -> "no such record";
      case ServerFailure<T> failure -> "name server failure: " + failure.reason();
      case Timeout<T> _ -> "name server did not answer in time";
    };
  }
}
