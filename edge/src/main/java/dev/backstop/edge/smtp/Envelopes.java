package dev.backstop.edge.smtp;

import dev.backstop.edge.TransactionFilter.Answer;
import dev.backstop.edge.limits.ClientLimits;
import dev.backstop.edge.limits.Verdict;
import dev.backstop.edge.smtp.command.CommandException;
import dev.backstop.edge.smtp.command.CommandText;
import dev.backstop.edge.smtp.command.EnvelopeArgument;
import dev.backstop.edge.smtp.nexthop.HopReply;
import dev.backstop.edge.smtp.nexthop.NextHopUnavailableException;
import dev.backstop.edge.smtp.nexthop.NextHops;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * MAIL and RCPT: each is answered as the next hop answers it, after our own objections. For the
 * session's thread.
 */
final class Envelopes {
  private static final Reply FAILED =
      new Reply(451, "4.3.0", "Mail filter failed, please try again later");
  static final Reply BROKEN =
      new Reply(
          451, "4.4.2", "The connection to the mail server broke in this transaction: start anew");
  private static final Reply NOT_ASCII =
      new Reply(553, "5.6.7", "An address beyond ASCII needs SMTPUTF8");

  private final GatewayServer server;
  private final Client client;
  private final NextHopLink link;
  private final Output output;
  private final RecipientRules rules;
  private @Nullable MailTransaction current;

  /** What a command came to, after its answer was said. */
  enum Outcome {
    GO_ON,
    /** The client did what it may not; enough of that end the session. */
    ERROR,
    HANG_UP
  }

  Envelopes(GatewayServer server, Client client, NextHopLink link, Output output) {
    this.server = server;
    this.client = client;
    this.link = link;
    this.output = output;
    this.rules = new RecipientRules(server);
  }

  @Nullable MailTransaction current() {
    return current;
  }

  /** Forgets the transaction, if there is one; the next hop is told before the next. */
  void drop() {
    MailTransaction open = current;
    if (open != null) {
      open.close();
      current = null;
    }
  }

  /** What this client is offered now. */
  Offer offer(Authentication authentication) {
    boolean trusted = server.filter().isOurClient(client.peer());
    NextHops hops = hops(trusted);
    boolean startTls = server.settings().tls().isPresent() && !client.isSecure();
    List<String> mechanisms =
        server.settings().auth() && authentication.isSafe() && !authentication.done()
            ? server.settings().outgoing().capabilities().authMechanisms()
            : List.of();
    return Offer.of(
        hops.capabilities(),
        server.settings().limits().sizes().message(),
        trusted,
        startTls,
        mechanisms);
  }

  private NextHops hops(boolean trusted) {
    return trusted ? server.settings().outgoing() : server.settings().nextHops();
  }

  /** MAIL. */
  Outcome mail(String argument, Offer offer) throws IOException, CommandException {
    if (client.helo() == null) {
      return error(new Reply(503, "5.5.1", "Say EHLO first"));
    }
    MailTransaction before = current;
    if (before != null && !before.broken) {
      return error(new Reply(503, "5.5.1", "A transaction is open: RSET ends it"));
    }
    drop();
    if (link.lostAuthentication()) {
      server.messages().nextHopFailed.increment();
      output.say(
          new Reply(
              421, "4.4.2", "The server that knows your login has gone, please log in again"));
      return Outcome.HANG_UP;
    }
    EnvelopeArgument mail = EnvelopeArgument.parse(CommandText.of(argument), "FROM:");
    offer.checkMail(mail);
    ReversePath sender;
    try {
      sender = ReversePath.parse(mail.path());
    } catch (AddressSyntaxException e) { // never the null reverse-path
      return error(new Reply(501, "5.1.7", "Bad sender address syntax: " + e.getMessage()));
    }
    if (!CommandText.isAscii(mail.path()) && !mail.parameters().containsKey("SMTPUTF8")) {
      return error(NOT_ASCII);
    }
    return begin(mail, sender);
  }

  private Outcome begin(EnvelopeArgument mail, ReversePath sender) throws IOException {
    GatewayFilter filter = server.filter();
    Peer peer = client.peer();
    boolean trusted = filter.isOurClient(peer);
    if (!trusted && isOverLimit(ClientLimits::message)) {
      return Outcome.GO_ON;
    }
    var begun = new MailTransaction(filter, peer, trusted, hops(trusted), newId(), sender, mail);
    Answer answer = ask(begun.id, () -> filter.sender(begun.view()));
    switch (answer) {
      case null -> {
        output.say(FAILED);
        return Outcome.GO_ON;
      }
      case Answer.Refuse refuse -> {
        output.say(refuse.reply());
        return Outcome.GO_ON;
      }
      case Answer.Pass _ -> begun.passed = true;
      case Answer.Continue _ -> {}
    }
    HopReply reply =
        atNextHop(() ->
            link.mail(
                begun.hops, client.identity(), begun.mail(filter.senderAtNextHop(begun.view()))));
    if (reply != null) {
      output.say(HopAnswer.passedOn(server, reply));
      current = reply.isPositive() ? begun : null;
    }
    return Outcome.GO_ON;
  }

  /** RCPT. */
  Outcome recipient(String argument, Offer offer) throws IOException, CommandException {
    MailTransaction mail = current;
    if (mail == null || mail.chunks != null) {
      return error(new Reply(503, "5.5.1", mail == null ? "Say MAIL first" : "BDAT has begun"));
    }
    EnvelopeArgument recipient = EnvelopeArgument.parse(CommandText.of(argument), "TO:");
    offer.checkRecipient(recipient);
    if (mail.broken) {
      output.say(BROKEN); // 503 would be for good, and nobody is to blame
      return Outcome.GO_ON;
    }
    if (recipient.path().equalsIgnoreCase("<postmaster>")) {
      return postmaster(mail, recipient);
    }
    Mailbox mailbox;
    try {
      mailbox = Mailbox.parse(recipient.path());
    } catch (AddressSyntaxException e) {
      return error(new Reply(501, "5.1.3", "Bad recipient address syntax: " + e.getMessage()));
    }
    if (!CommandText.isAscii(recipient.path()) && !mail.usesUtf8()) {
      return error(NOT_ASCII);
    }
    if (!mail.trusted && isOverLimit(ClientLimits::recipient)) {
      return Outcome.GO_ON;
    }
    Reply objection = rules.objection(mail, mailbox);
    if (objection != null) {
      output.say(objection);
      refused(mail, objection.isPermanent());
      return Outcome.GO_ON;
    }
    Answer answer =
        mail.passed ? Answer.PASS : ask(mail.id, () -> mail.filter.recipient(mail.view(), mailbox));
    switch (answer) {
      case null -> output.say(FAILED);
      case Answer.Refuse refuse -> {
        output.say(refuse.reply());
        refused(mail, refuse.reply().isPermanent());
      }
      case Answer.Pass _ -> {
        mail.passed = true;
        return toNextHop(mail, mailbox, mailbox, recipient);
      }
      case Answer.Continue _ -> {
        Mailbox there = mail.filter.recipientAtNextHop(mail.view(), mailbox);
        return toNextHop(mail, mailbox, there, recipient);
      }
    }
    return Outcome.GO_ON;
  }

  /** RFC 5321 §4.5.1: taken whoever asks, and wherever the next hop thinks it is. */
  private Outcome postmaster(MailTransaction mail, EnvelopeArgument recipient) throws IOException {
    Reply objection = rules.number(mail);
    if (objection != null) {
      output.say(objection);
      return Outcome.GO_ON;
    }
    return toNextHop(mail, null, null, recipient);
  }

  private Outcome toNextHop(
      MailTransaction mail,
      @Nullable Mailbox given,
      @Nullable Mailbox there,
      EnvelopeArgument argument)
      throws IOException {
    var words = new StringBuilder();
    argument
        .parameters()
        .forEach((key, value) -> words.append(' ').append(key).append('=').append(value));
    var recipient = new MailTransaction.Recipient(given, there, words.toString());
    HopReply reply = atNextHop(() -> link.command(recipient.command()));
    if (reply == null) {
      return Outcome.GO_ON;
    }
    output.say(HopAnswer.passedOn(server, reply));
    if (reply.isPositive()) {
      mail.add(recipient);
    } else {
      refused(mail, reply.isPermanent());
    }
    return Outcome.GO_ON;
  }

  /** Counts a refused recipient of a stranger: many of them are a search for addresses. */
  private void refused(MailTransaction mail, boolean permanent) {
    InetAddress address = client.address();
    if (permanent && !mail.trusted && address != null) {
      var _ = server.settings().clients().refused(address); // told at the next recipient
    }
  }

  private interface Question {
    Verdict ask(ClientLimits limits, InetAddress address);
  }

  private boolean isOverLimit(Question question) throws IOException {
    InetAddress address = client.address();
    if (address != null
        && question.ask(server.settings().clients(), address) instanceof Verdict.TooMany tooMany) {
      server.messages().clientOverLimit.increment();
      output.say(tooMany.reply());
      return true;
    }
    return false;
  }

  private interface Command {
    HopReply run() throws IOException, NextHopUnavailableException, CannotCarryException;
  }

  /** Asks the next hop; {@code null} when it could not, and then the client has been told. */
  private @Nullable HopReply atNextHop(Command command) throws IOException {
    try {
      HopReply reply = command.run();
      if (!reply.isIntermediate()) {
        return reply;
      }
      link.close();
      output.say(NextHopFailure.reply(server, new IOException("answered out of turn: " + reply)));
    } catch (NextHopUnavailableException e) {
      output.say(NextHopFailure.reply(server, e));
    } catch (CannotCarryException | IOException e) {
      link.close();
      output.say(NextHopFailure.reply(server, e));
    }
    MailTransaction open = current;
    if (open != null) {
      open.broken = true;
    }
    return null;
  }

  private <T> @Nullable T ask(String id, Supplier<T> question) {
    try {
      return question.get();
    } catch (RuntimeException | Error e) {
      server.counters().failures.increment();
      server.log().error("filter failed, told 451", "message " + id, e);
      return null;
    }
  }

  private Outcome error(Reply reply) throws IOException {
    output.say(reply);
    return Outcome.ERROR;
  }

  /** For logs: not to be guessed, and short. */
  private static String newId() {
    return "G" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 50), 36);
  }
}
