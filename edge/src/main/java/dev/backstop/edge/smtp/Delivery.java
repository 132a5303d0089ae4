package dev.backstop.edge.smtp;

import dev.backstop.edge.Action.Edit;
import dev.backstop.edge.Connection;
import dev.backstop.edge.smtp.MailTransaction.Envelope;
import dev.backstop.edge.smtp.content.Letter;
import dev.backstop.edge.smtp.nexthop.HopReply;
import dev.backstop.edge.smtp.nexthop.NextHopConnection;
import dev.backstop.edge.smtp.nexthop.NextHopUnavailableException;
import dev.backstop.mail.smtp.Reply;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a whole message to the next hop, while the client waits for the answer. The client hears
 * 250 only when the next hop has said so. Where the connection breaks between the dot and its
 * answer nobody knows: the client is told 451 and sends it again, so that it may come twice, but is
 * never lost (RFC 5321 §6.1, RFC 1047).
 */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private static final Reply CHANGED_ITS_MIND =
      new Reply(
          451,
          "4.4.2",
          "The mail server answers anew about one of the recipients, please try again later");

  private final GatewayServer server;
  private final Client client;
  private final NextHopLink link;
  private final Connection connection;

  /** What the client is told: one of the two. */
  record Result(@Nullable HopReply relayed, @Nullable Reply own) {
    static Result of(Reply own) {
      return new Result(null, own);
    }

    boolean taken() {
      return relayed != null && relayed.isPositive();
    }

    void say(Output output) throws IOException {
      if (relayed != null) {
        output.say(relayed);
      } else if (own != null) {
        output.say(own);
      }
    }
  }

  Delivery(GatewayServer server, Client client, NextHopLink link, Connection connection) {
    this.server = server;
    this.client = client;
    this.link = link;
    this.connection = connection;
  }

  /** Delivers it with these changes. */
  Result deliver(MailTransaction mail, Letter letter, List<Edit> edits) {
    connection.expectWithin(server.settings().limits().times().delivery());
    countNotOffered(edits);
    try {
      Result refusal = ready(mail, mail.envelope(edits));
      if (refusal != null) {
        return refusal;
      }
    } catch (NextHopUnavailableException e) {
      return Result.of(NextHopFailure.reply(server, e));
    } catch (CannotCarryException | IOException e) {
      link.close();
      return Result.of(NextHopFailure.reply(server, e));
    }
    return send(mail, letter, edits);
  }

  /** A message cannot be held here: that needs the mail server's own queue. */
  private void countNotOffered(List<Edit> edits) {
    for (Edit edit : edits) {
      if (edit instanceof Edit.Quarantine) {
        server.counters().editsNotOffered.increment();
        server.log().warn("gateway cannot quarantine", "delivered with its verdict in the header");
      }
    }
  }

  /**
   * Makes sure that the next hop has the envelope as it is in the end.
   *
   * @return why it does not take it
   */
  private @Nullable Result ready(MailTransaction mail, Envelope envelope)
      throws IOException, NextHopUnavailableException, CannotCarryException {
    if (link.isOpen() && !envelope.changed()) {
      return null;
    }
    NextHopLink.Replayed replayed =
        link.replay(
            mail.hops, client.identity(), mail.mail(envelope.sender()), envelope.recipients());
    if (replayed.reply().isPositive()) {
      return null;
    }
    // One answer cannot say that some recipients are taken and some are not.
    boolean forAll = replayed.ofMail() || envelope.recipients().size() == 1;
    Result refused = refused(mail, replayed.reply());
    return forAll ? refused : Result.of(CHANGED_ITS_MIND);
  }

  private Result send(MailTransaction mail, Letter letter, List<Edit> edits) {
    boolean dotSaid = false;
    try {
      NextHopConnection hop = link.present();
      byte[] trace =
          Trace.of(
              hop,
              server.settings().name(),
              mail,
              client.protocol(mail.usesUtf8()),
              server.settings().clock().instant());
      HopReply reply = hop.data();
      if (!reply.isIntermediate()) {
        link.ended();
        return refused(mail, reply);
      }
      letter.copyTo(hop::write, edits, trace);
      dotSaid = true;
      reply = hop.end();
      link.ended();
      return answered(mail, hop, reply);
    } catch (IOException e) {
      link.close(); // in the middle of a message: the next hop throws away what it has
      if (dotSaid) {
        server.messages().inDoubt.increment();
      }
      return Result.of(NextHopFailure.reply(server, e));
    } catch (RuntimeException e) {
      link.close();
      server.counters().failures.increment();
      server.log().error("message could not be written, told 451", "message " + mail.id, e);
      return Result.of(new Reply(451, "4.3.0", "Mail filter failed, please try again later"));
    }
  }

  private Result answered(MailTransaction mail, NextHopConnection hop, HopReply reply) {
    if (!reply.isPositive()) {
      return refused(mail, reply);
    }
    server.messages().relayed.increment();
    if (LOG.isInfoEnabled()) {
      LOG.atInfo()
          .addKeyValue("id", mail.id)
          .addKeyValue("hop", hop.hop())
          .addKeyValue("reply", reply)
          .log("relayed");
    }
    return new Result(HopAnswer.passedOn(server, reply), null);
  }

  /** An answer that is neither yes nor no is a broken next hop. */
  private Result refused(MailTransaction mail, HopReply reply) {
    if (!reply.isTemporary() && !reply.isPermanent()) {
      link.close();
      return Result.of(
          NextHopFailure.reply(server, new IOException("answered out of turn: " + reply)));
    }
    server.messages().refusedByNextHop.increment();
    LOG.atInfo()
        .addKeyValue("id", mail.id)
        .addKeyValue("client", client.describe())
        .addKeyValue("reply", reply)
        .log("refused-by-next-hop");
    return new Result(HopAnswer.passedOn(server, reply), null);
  }
}
