package dev.backstop.edge.smtp.nexthop;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** No next hop could be had. The message says of each why, in plain words, safe to log. */
public final class NextHopUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient @Nullable HopReply refusal;

  NextHopUnavailableException(String message, @Nullable HopReply refusal) {
    super(message);
    this.refusal = refusal;
  }

  /**
   * The hop's 5xx where it refused this client, having been told who it is, before any transaction.
   * Empty in all other cases: then the fault is not the client's.
   */
  public Optional<HopReply> refusal() {
    return Optional.ofNullable(refusal);
  }
}
