package dev.backstop.edge.smtp.nexthop;

import java.io.IOException;

/**
 * The connection to a next hop cannot be used any more: it broke, it took too long, or the hop
 * broke the protocol so that nothing it says can be trusted. The message is safe to log and names
 * the hop where one is known. What was not answered before has no known outcome.
 */
public final class BrokenHopException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String problem;

  BrokenHopException(String problem) {
    super(problem);
    this.problem = problem;
  }

  BrokenHopException(String problem, Throwable cause) {
    super(problem, cause);
    this.problem = problem;
  }

  String problem() {
    return problem;
  }
}
