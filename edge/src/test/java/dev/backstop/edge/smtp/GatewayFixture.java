package dev.backstop.edge.smtp;

import dev.backstop.edge.Action;
import dev.backstop.edge.BufferPool;
import dev.backstop.edge.ListenAddress;
import dev.backstop.edge.MessageFilter;
import dev.backstop.edge.limits.ClientLimits;
import dev.backstop.edge.smtp.content.LineEnds;
import dev.backstop.edge.smtp.nexthop.NextHop;
import dev.backstop.edge.smtp.nexthop.NextHops;
import dev.backstop.edge.smtp.nexthop.Settings;
import dev.backstop.edge.tls.ServerTls;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Reply;
import dev.backstop.mail.smtp.Transaction;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway on loopback with a next hop behind it, and a filter that tests steer. */
final class GatewayFixture implements AutoCloseable {
  final RecordingHop hop;
  final Filter filter = new Filter();
  final GatewayServer server;
  private final NextHops hops;

  /** What may differ from the usual. */
  record Options(
      boolean lmtp,
      LineEnds lineEnds,
      boolean auth,
      Optional<ServerTls> tls,
      boolean proxied,
      ClientLimits.Settings clients,
      Limits limits) {
    static final Options USUAL =
        new Options(
            false,
            LineEnds.REFUSE,
            false,
            Optional.empty(),
            false,
            new ClientLimits.Settings(0, 0, 0, 0),
            Limits.DEFAULT);

    Options with(Limits other) {
      return new Options(lmtp, lineEnds, auth, tls, proxied, clients, other);
    }

    Options withLmtp() {
      return new Options(true, lineEnds, auth, tls, proxied, clients, limits);
    }

    Options withRepair() {
      return new Options(lmtp, LineEnds.REPAIR, auth, tls, proxied, clients, limits);
    }

    Options withAuth() {
      return new Options(lmtp, lineEnds, true, tls, proxied, clients, limits);
    }

    Options with(ServerTls certificate) {
      return new Options(lmtp, lineEnds, auth, Optional.of(certificate), proxied, clients, limits);
    }

    Options withProxy() {
      return new Options(lmtp, lineEnds, auth, tls, true, clients, limits);
    }

    Options with(ClientLimits.Settings others) {
      return new Options(lmtp, lineEnds, auth, tls, proxied, others, limits);
    }
  }

  /** Lets everything pass, unless a test says otherwise. Ours is {@code ours.test}. */
  static final class Filter implements GatewayFilter {
    volatile boolean trusting;
    volatile Action action = Action.ACCEPT;
    volatile boolean failing;
    volatile boolean alike = true;
    final List<Transaction> seen = new CopyOnWriteArrayList<>();
    final List<List<HeaderField>> headers = new CopyOnWriteArrayList<>();

    @Override
    public boolean isOurClient(Peer peer) {
      return trusting || peer.authenticated() != null;
    }

    @Override
    public boolean isOurs(Mailbox recipient) {
      return recipient.domain().equals("ours.test");
    }

    @Override
    public boolean areJudgedAlike(Transaction transaction, Mailbox recipient) {
      return alike;
    }

    @Override
    public ReversePath senderAtNextHop(Transaction transaction) {
      return transaction.reversePath() instanceof Mailbox sender && trusting
          ? sender.withLocalPart("tag=" + sender.localPart())
          : transaction.reversePath();
    }

    @Override
    public Mailbox recipientAtNextHop(Transaction transaction, Mailbox recipient) {
      return recipient.localPart().startsWith("tag=")
          ? recipient.withLocalPart(recipient.localPart().substring(4))
          : recipient;
    }

    @Override
    public Answer sender(Transaction transaction) {
      return Answer.CONTINUE;
    }

    @Override
    public Answer recipient(Transaction transaction, Mailbox recipient) {
      return recipient.localPart().equals("refused")
          ? new Answer.Refuse(new Reply(550, "5.7.1", "refused by the filter"))
          : Answer.CONTINUE;
    }

    @Override
    public MessageFilter message(Transaction transaction, List<HeaderField> header) {
      if (failing) {
        throw new IllegalStateException("a fault of ours");
      }
      headers.add(header);
      return new MessageFilter() {
        @Override
        public int bodyWanted() {
          return 100;
        }

        @Override
        public Action end(Transaction whole, RawMessage message) {
          seen.add(whole);
          return action;
        }
      };
    }
  }

  GatewayFixture(Path folder, Options options) throws IOException {
    this(folder, options, Set.of());
  }

  /**
   * @param certificates fingerprints of clients of ours
   */
  GatewayFixture(Path folder, Options options, Set<String> certificates) throws IOException {
    hop = new RecordingHop(options.lmtp());
    NextHop next =
        NextHop.parse(
            (options.lmtp() ? "lmtp:" : "") + "127.0.0.1:" + hop.port(),
            NextHop.TlsPolicy.NONE,
            NextHop.Identify.NONE);
    hops = new NextHops(List.of(next), settings());
    server =
        new GatewayServer(
            () -> filter,
            new GatewaySettings(
                "gate.test",
                hops,
                hops,
                _ -> options.proxied(),
                options.tls(),
                certificates,
                options.auth(),
                options.lineEnds(),
                options.limits(),
                new ClientLimits(options.clients(), System::nanoTime),
                folder,
                () -> Instant.EPOCH));
    server.start(List.of(ListenAddress.parse("127.0.0.1:0")));
  }

  private static Settings settings() {
    return new Settings(
        "gate.test",
        Settings.Times.DEFAULT,
        Settings.Pauses.DEFAULT,
        (plain, _, _) -> plain,
        (plain, _, _) -> plain,
        (_, _) -> new byte[0],
        Settings.Names.SYSTEM,
        new BufferPool(10_000_000));
  }

  Talk talk() throws IOException {
    var address = (InetSocketAddress) server.addresses().getFirst().toSocketAddress();
    return new Talk(new Socket(address.getAddress(), address.getPort()));
  }

  @Override
  public void close() throws IOException {
    hop.close(); // first: nobody waits for it then
    server.close();
    hops.close();
  }

  /** A client. */
  static final class Talk implements AutoCloseable {
    private Socket socket;

    Talk(Socket socket) throws IOException {
      this.socket = socket;
      socket.setSoTimeout(20_000);
    }

    Socket socket() {
      return socket;
    }

    void over(Socket other) {
      socket = other;
    }

    void send(String octets) throws IOException {
      socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A whole reply, its lines joined by bars; {@code closed} at the end. */
    String hear() throws IOException {
      var all = new StringBuilder();
      while (true) {
        String line = line();
        all.append(line);
        if (line.equals("closed") || line.length() < 4 || line.charAt(3) != '-') {
          return all.toString();
        }
        all.append('|');
      }
    }

    private String line() throws IOException {
      var line = new StringBuilder();
      for (int octet = socket.getInputStream().read();
          octet != '\n';
          octet = socket.getInputStream().read()) {
        if (octet < 0) {
          return "closed";
        }
        if (octet != '\r') {
          line.append((char) octet);
        }
      }
      return line.toString();
    }

    /** Sends a line and hears the reply. */
    String say(String line) throws IOException {
      send(line + "\r\n");
      return hear();
    }

    /** Up to the answer to EHLO. */
    Talk greeted() throws IOException {
      hear();
      say("EHLO client.test");
      return this;
    }

    /** Up to 354. */
    Talk addressed(String from, String to) throws IOException {
      say("MAIL FROM:<" + from + ">");
      say("RCPT TO:<" + to + ">");
      say("DATA");
      return this;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
