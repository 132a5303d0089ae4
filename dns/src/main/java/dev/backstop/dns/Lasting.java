package dev.backstop.dns;

/**
 * An answer and how long it may be given again.
 *
 * @param seconds from when it was learnt, as the records say; 0 for an answer that holds for this
 *     question only
 */
record Lasting<T>(Answer<T> answer, long seconds) {
  /** RFC 9520 §3.2: failures are kept for a second at least, lest every message asks again. */
  static final int FAILURE_SECONDS = 5;

  static <T> Lasting<T> failure(String reason) {
    return new Lasting<>(new Answer.ServerFailure<>(reason), FAILURE_SECONDS);
  }

  static <T> Lasting<T> timeout() {
    return new Lasting<>(new Answer.Timeout<>(), FAILURE_SECONDS);
  }

  /** The thread that asks was interrupted: nothing is known about the name. */
  static <T> Lasting<T> interrupted() {
    return new Lasting<>(new Answer.ServerFailure<>("interrupted"), 0);
  }

  /** The one who asks has no time left: nothing is known about the name. */
  static <T> Lasting<T> outOfTime() {
    return new Lasting<>(new Answer.Timeout<>(), 0);
  }
}
