package dev.backstop.edge.smtp;

import dev.backstop.edge.smtp.nexthop.NextHopUnavailableException;
import dev.backstop.mail.smtp.Reply;
import java.io.IOException;

/** What a client is told when the next hop fails: never for good, whatever happened to it. */
final class NextHopFailure {
  private NextHopFailure() {}

  static Reply reply(GatewayServer server, NextHopUnavailableException failure) {
    count(server, "no next hop can be had", String.valueOf(failure.getMessage()));
    return failure
        .refusal()
        .map(refusal ->
            new Reply(
                refusal.isPermanent() ? 550 : 451,
                refusal.isPermanent() ? "5.7.1" : "4.7.1",
                "You are refused by the mail server: " + refusal))
        .orElse(
            new Reply(451, "4.4.1", "The mail server cannot be reached, please try again later"));
  }

  static Reply reply(GatewayServer server, CannotCarryException failure) {
    count(server, "next hop cannot carry a message", String.valueOf(failure.getMessage()));
    return new Reply(
        451,
        "4.4.1",
        "The mail server for such messages cannot be reached, please try again later");
  }

  static Reply reply(GatewayServer server, IOException failure) {
    count(server, "next hop broke off", String.valueOf(failure.getMessage()));
    return new Reply(
        451, "4.4.2", "The connection to the mail server broke, please try again later");
  }

  static Reply reply(GatewayServer server, Exception failure) {
    return switch (failure) {
      case CannotCarryException cannot -> reply(server, cannot);
      case IOException broken -> reply(server, broken);
      default -> throw new IllegalArgumentException(failure);
    };
  }

  private static void count(GatewayServer server, String kind, String detail) {
    server.messages().nextHopFailed.increment();
    server.log().warn(kind, detail);
  }
}
