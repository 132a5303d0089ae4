package dev.backstop.edge.smtp;

import dev.backstop.edge.smtp.nexthop.HopReply;
import dev.backstop.edge.smtp.nexthop.NextHopConnection;
import dev.backstop.edge.smtp.nexthop.NextHopUnavailableException;
import dev.backstop.mail.smtp.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * AUTH (RFC 4954), passed through to the next hop, which alone knows who may send. What is said is
 * kept nowhere but the login name. For the session's thread.
 */
final class Authentication {
  /** RFC 4954 §4: octets of a line. */
  private static final int LINE = 12_288;

  private static final int MOST_ROUNDS = 10;
  private static final int MOST_TRIES = 3;

  private final GatewayServer server;
  private final Client client;
  private final NextHopLink link;
  private final Input input;
  private final Output output;
  private boolean done;
  private int failures;

  Authentication(
      GatewayServer server, Client client, NextHopLink link, Input input, Output output) {
    this.server = server;
    this.client = client;
    this.link = link;
    this.input = input;
    this.output = output;
  }

  boolean done() {
    return done;
  }

  /** Whether a password may be said here: nobody listens on the way, or cannot understand. */
  boolean isSafe() {
    return client.isSecure() || client.isLocal();
  }

  /** Runs one exchange; the client has been answered then. */
  Envelopes.Outcome run(String argument, List<String> offered) throws IOException {
    String mechanism = argument.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    if (!offered.contains(mechanism)) {
      output.say(new Reply(504, "5.5.4", "Mechanism is not offered"));
      return Envelopes.Outcome.ERROR;
    }
    HopReply reply;
    try {
      NextHopConnection hop = link.open(server.settings().outgoing(), client.identity());
      reply = exchange(hop, mechanism, argument);
    } catch (NextHopUnavailableException | IOException e) {
      link.close();
      server.messages().nextHopFailed.increment();
      output.say(new Reply(454, "4.7.0", "Authentication is not possible at the moment"));
      return Envelopes.Outcome.GO_ON;
    }
    if (reply == null) {
      return Envelopes.Outcome.HANG_UP;
    }
    output.say(reply);
    if (reply.isPositive()) {
      done = true;
      link.authenticated();
      return Envelopes.Outcome.GO_ON;
    }
    if (++failures >= MOST_TRIES) {
      output.say(new Reply(421, "4.7.0", "Too many failed logins, goodbye"));
      return Envelopes.Outcome.HANG_UP;
    }
    return Envelopes.Outcome.GO_ON;
  }

  /** To the next hop's last word; {@code null} when the client has gone. */
  private @Nullable HopReply exchange(NextHopConnection hop, String mechanism, String argument)
      throws IOException {
    var name = new LoginName(mechanism);
    String[] words = argument.split(" ", 2);
    if (words.length == 2) {
      name.said(words[1]);
    }
    HopReply reply = hop.command("AUTH " + argument);
    for (int round = 0; reply.isIntermediate(); round++) {
      output.say(reply);
      output.flush();
      Input.Line line = input.line(LINE);
      if (!(line instanceof Input.Line.Text text)) {
        return null;
      }
      boolean cancel = text.octets().equals("*") || round == MOST_ROUNDS;
      name.said(text.octets());
      reply = hop.command(cancel || !isBase64(text.octets()) ? "*" : text.octets());
    }
    if (reply.isPositive()) {
      client.authenticated(name.text());
    }
    return reply;
  }

  private static boolean isBase64(String text) {
    return text.chars()
        .allMatch(c ->
            (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '=');
  }

  /** The login name in what is said, for logs: of PLAIN (RFC 4616) and LOGIN; others hide it. */
  private static final class LoginName {
    private final String mechanism;
    private @Nullable String name;

    LoginName(String mechanism) {
      this.mechanism = mechanism;
    }

    void said(String base64) {
      if (name != null) {
        return;
      }
      String text = decoded(base64);
      if (mechanism.equals("LOGIN")) {
        name = text;
      } else if (mechanism.equals("PLAIN")) {
        String[] parts = text.split("\0", -1);
        name = parts.length == 3 ? parts[1] : null;
      }
    }

    private static String decoded(String base64) {
      try {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return "";
      }
    }

    String text() {
      String said = name == null ? "" : name.replaceAll("[^ -~]", "?");
      return said.isEmpty() ? "authenticated" : said.substring(0, Math.min(said.length(), 100));
    }
  }
}
