package dev.backstop.edge.smtp;

import dev.backstop.edge.smtp.nexthop.HopReply;
import java.util.Set;

/** The next hop's answer as the client may hear it. */
final class HopAnswer {
  /**
   * They speak of us, not of the client: the session ends (421), a command is not understood or out
   * of order, or the next hop wants TLS or a login (RFC 3207 §4, RFC 4954 §6). Passed on for good,
   * our fault would make the world write bounces.
   */
  private static final Set<Integer> ABOUT_US = Set.of(421, 500, 502, 503, 504, 530, 535, 538);

  private static final Set<Integer> TAKEN = Set.of(250, 251, 252);

  private HopAnswer() {}

  /** Its own words; what is no fault of the client becomes temporary. */
  static HopReply passedOn(GatewayServer server, HopReply reply) {
    if (ABOUT_US.contains(reply.code())) {
      server.messages().nextHopFailed.increment();
      server.log().warn("next hop does not understand the gateway, told 451", reply.toString());
      return new HopReply(451, reply.lines());
    }
    return reply.isPositive() && !TAKEN.contains(reply.code())
        ? new HopReply(250, reply.lines())
        : reply;
  }
}
