package dev.backstop.edge.smtp;

import dev.backstop.edge.smtp.nexthop.Capabilities;
import dev.backstop.edge.smtp.nexthop.ClientIdentity;
import dev.backstop.edge.smtp.nexthop.HopReply;
import dev.backstop.edge.smtp.nexthop.NextHopConnection;
import dev.backstop.edge.smtp.nexthop.NextHopUnavailableException;
import dev.backstop.edge.smtp.nexthop.NextHops;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session's connection to its next hop: opened with the first transaction, used for all that
 * follow. For the session's thread, but for {@link #tick}.
 */
final class NextHopLink {
  private volatile @Nullable NextHopConnection connection;
  private @Nullable NextHops hops;
  private boolean inTransaction;

  /** Whether the client has authenticated over it, so that no other connection will do. */
  private boolean authenticated;

  /** See {@link NextHopConnection#tick}. */
  void tick(long now) {
    NextHopConnection present = connection;
    if (present != null) {
      present.tick(now);
    }
  }

  /** A connection to one of these, for authentication. */
  NextHopConnection open(NextHops wanted, ClientIdentity client)
      throws NextHopUnavailableException {
    NextHopConnection present = connection;
    if (present != null && hops == wanted && present.isOpen()) {
      return present;
    }
    close();
    NextHopConnection opened = wanted.open(client);
    connection = opened;
    hops = wanted;
    return opened;
  }

  void authenticated() {
    authenticated = true;
  }

  /** Whether the client's authentication went with the connection. */
  boolean lostAuthentication() {
    NextHopConnection present = connection;
    return authenticated && (present == null || !present.isOpen());
  }

  /**
   * Says MAIL, over a new connection if need be.
   *
   * @throws IOException when the connection broke, or answered what no server may
   */
  HopReply mail(NextHops wanted, ClientIdentity client, Wording mail)
      throws IOException, NextHopUnavailableException, CannotCarryException {
    boolean used = connection != null && hops == wanted;
    try {
      return mail(open(wanted, client), mail);
    } catch (IOException e) {
      close();
      if (!used || authenticated) {
        throw e;
      }
      return mail(open(wanted, client), mail); // it had gone meanwhile; nothing is lost or doubled
    }
  }

  /** A command that depends on what this next hop can do. */
  interface Wording {
    /**
     * The command, without its line end.
     *
     * @throws CannotCarryException when it cannot do what the message needs
     */
    String on(Capabilities hop) throws CannotCarryException;
  }

  private HopReply mail(NextHopConnection hop, Wording mail)
      throws IOException, NextHopUnavailableException, CannotCarryException {
    reset();
    HopReply reply = hop.command(mail.on(hop.capabilities()));
    inTransaction = reply.isPositive();
    return reply;
  }

  /** Says one command in the transaction. */
  HopReply command(String line) throws IOException {
    return present().command(line);
  }

  /**
   * The transaction from its beginning, after all: with another sender, or because the connection
   * has gone.
   *
   * @return the first answer that is not 2xx, else the last; and whether it is that to MAIL
   */
  Replayed replay(NextHops wanted, ClientIdentity client, Wording mail, List<String> recipients)
      throws IOException, NextHopUnavailableException, CannotCarryException {
    HopReply reply = mail(wanted, client, mail);
    boolean ofMail = !reply.isPositive();
    for (String recipient : recipients) {
      if (!reply.isPositive()) {
        break;
      }
      reply = command(recipient);
    }
    return new Replayed(reply, ofMail);
  }

  /** See {@link #replay}. */
  record Replayed(HopReply reply, boolean ofMail) {}

  /** Whether a transaction can go on over it. */
  boolean isOpen() {
    NextHopConnection present = connection;
    return present != null && inTransaction && present.isOpen();
  }

  NextHopConnection present() throws IOException {
    NextHopConnection present = connection;
    if (present == null) {
      throw new IOException("the connection to the next hop has gone");
    }
    return present;
  }

  /** The message was taken or refused: the next hop waits for MAIL. */
  void ended() {
    inTransaction = false;
  }

  /** Ends a transaction that came to nothing, if there is one. */
  private void reset() throws IOException {
    if (inTransaction) {
      inTransaction = false;
      HopReply reply = command("RSET");
      if (!reply.isPositive()) {
        throw new IOException("the next hop does not forget a transaction: " + reply);
      }
    }
  }

  void close() {
    NextHopConnection present = connection;
    connection = null;
    inTransaction = false;
    if (present != null) {
      present.close();
    }
  }
}
