package dev.backstop.edge.smtp.nexthop;

import org.jspecify.annotations.Nullable;

/** Why a connection did not become ready. The message continues "next hop X ". */
final class HopFailure extends Exception {
  private static final long serialVersionUID = 1L;

  final Kind kind;
  final transient @Nullable HopReply reply;

  /** What follows from a failure. */
  enum Kind {
    /** The hop is to be left alone for a while. */
    DOWN,
    /** The hop answers, but not for this client, or not as it must be told of it. */
    NOT_FOR_THIS_CLIENT,
    /** The connection ended where the client may be the reason: nothing is known of the hop. */
    UNKNOWN,
    /** The hop has refused this client for good. */
    REFUSED,
    /** TLS failed where it may be done without. */
    TLS_OPTIONAL
  }

  HopFailure(Kind kind, String problem, @Nullable HopReply reply) {
    super(problem);
    this.kind = kind;
    this.reply = reply;
  }

  HopFailure(Kind kind, String problem, Throwable cause) {
    super(problem, cause);
    this.kind = kind;
    this.reply = null;
  }
}
