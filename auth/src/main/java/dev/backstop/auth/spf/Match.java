package dev.backstop.auth.spf;

import dev.backstop.auth.spf.SpfOutcome.Step;
import dev.backstop.dns.Answer;
import java.util.List;

/** What became of one mechanism (RFC 7208 §4.6.2). */
sealed interface Match {
  Match YES = new Yes(List.of());
  Match NO = new No();

  /**
   * It matches.
   *
   * @param path inside an included record
   */
  record Yes(List<Step> path) implements Match {}

  /** It does not match. */
  record No() implements Match {}

  /** The whole check ends with this. */
  record Failed(SpfResult result, List<Step> path, String reason) implements Match {}

  static Match of(boolean matches) {
    return matches ? YES : NO;
  }

  static Match permanent(String reason) {
    return new Failed(SpfResult.PERMERROR, List.of(), reason);
  }

  /** RFC 7208 §5: what a name server does not answer makes no mechanism fail to match. */
  static Match unanswered(String question, Answer<?> answer) {
    return new Failed(SpfResult.TEMPERROR, List.of(), question + ": " + answer.describe());
  }
}
