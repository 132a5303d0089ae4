package dev.backstop.server.recipients.callout;

import dev.backstop.edge.smtp.nexthop.ClientIdentity;
import dev.backstop.edge.smtp.nexthop.HopReply;
import dev.backstop.edge.smtp.nexthop.NextHop;
import dev.backstop.edge.smtp.nexthop.NextHopConnection;
import dev.backstop.edge.smtp.nexthop.NextHopUnavailableException;
import dev.backstop.edge.smtp.nexthop.NextHops;
import dev.backstop.edge.smtp.nexthop.Settings;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.server.nexthop.HopSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A connection for each question, encrypted where the server offers it. */
public final class SmtpProber implements Prober {
  /** We ask for ourselves. */
  private static final ClientIdentity NOBODY =
      new ClientIdentity(null, 0, null, null, true, false, null);

  private final NextHops servers;
  private final ReversePath sender;

  /**
   * Connects to nobody yet.
   *
   * @param servers of which the first that can be had is asked
   * @param helo our name
   * @param sender of MAIL
   * @param limit for each step of the talk
   */
  public SmtpProber(List<NextHop> servers, String helo, ReversePath sender, Duration limit) {
    var times = new Settings.Times(limit, limit, limit, limit, limit, limit, limit, limit, limit);
    this.servers = new NextHops(servers, HopSettings.of(helo, times));
    this.sender = sender;
  }

  @Override
  public Talk begin(Duration most) throws IOException {
    NextHopConnection connection;
    try {
      connection = servers.open(NOBODY);
    } catch (NextHopUnavailableException e) {
      throw new IOException(e.getMessage(), e);
    }
    var talk = new SmtpTalk(connection);
    try {
      talk.open(sender);
      return talk;
    } catch (IOException e) {
      talk.close();
      throw e;
    }
  }

  @Override
  public void close() {
    servers.close();
  }

  /** MAIL and RCPT, and never DATA. */
  private record SmtpTalk(NextHopConnection connection) implements Talk {
    void open(ReversePath sender) throws IOException {
      HopReply reply =
          connection.command("MAIL FROM:" + sender.toPath() + (takesUtf8() ? " SMTPUTF8" : ""));
      if (!reply.isPositive()) {
        throw new IOException("its answer to MAIL was " + reply);
      }
    }

    @Override
    public Said recipient(Mailbox recipient) throws IOException {
      HopReply reply = connection.command("RCPT TO:" + recipient.toPath());
      return new Said(reply.code(), reply.lines().getLast());
    }

    @Override
    public boolean takesUtf8() {
      return connection.capabilities().has("SMTPUTF8");
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
