package dev.backstop.edge.smtp;

import dev.backstop.mail.smtp.Reply;
import java.io.IOException;

/** How much nonsense a client may say before its session is ended. For the session's thread. */
final class Patience {
  private static final Reply TOO_MANY_ERRORS = new Reply(421, "4.7.0", "Too many errors, goodbye");
  private static final Reply TOO_MANY_COMMANDS =
      new Reply(421, "4.7.0", "Too many commands that lead to nothing, goodbye");

  private final GatewayServer server;
  private final Client client;
  private final Output output;
  private int errors;
  private int idleCommands;

  Patience(GatewayServer server, Client client, Output output) {
    this.server = server;
    this.client = client;
    this.output = output;
  }

  /** Answers what the client may not say; false when that was once too often. */
  boolean wrong(Reply reply) throws IOException {
    output.say(reply);
    return error();
  }

  /** Counts an error that was answered; false when that was once too often. */
  boolean error() throws IOException {
    server.counters().badPackets.increment();
    if (++errors <= server.settings().limits().sizes().errors()) {
      return true;
    }
    output.say(TOO_MANY_ERRORS);
    return hangUp("client makes too many errors");
  }

  /** Counts a command that leads to nothing; false when that was once too often. */
  boolean idle() throws IOException {
    if (++idleCommands <= server.settings().limits().sizes().idleCommands()) {
      return true;
    }
    output.say(TOO_MANY_COMMANDS);
    return hangUp("client only says what leads to nothing");
  }

  /** A message was handed on: the client means it. */
  void restore() {
    idleCommands = 0;
  }

  /** Ends the session from our side; always false. */
  boolean hangUp(String why) {
    server.messages().hungUp.increment();
    server.log().warn("gateway hung up", why + ", " + client.describe());
    return false;
  }
}
