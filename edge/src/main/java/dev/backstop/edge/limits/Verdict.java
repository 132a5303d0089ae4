package dev.backstop.edge.limits;

import dev.backstop.mail.smtp.Reply;

/** Whether a client may. */
public sealed interface Verdict {
  /** It may, and it was counted. */
  record Ok() implements Verdict {}

  /**
   * It may not now; nothing was counted.
   *
   * @param reply temporary; says which limit, its number, and when to come back
   */
  record TooMany(Reply reply) implements Verdict {}
}
