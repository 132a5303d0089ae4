package dev.backstop.edge.smtp;

import dev.backstop.edge.Connection;
import dev.backstop.edge.Door;
import dev.backstop.edge.limits.Verdict;
import dev.backstop.edge.proxy.ProxyHeader;
import dev.backstop.edge.smtp.command.Command;
import dev.backstop.edge.smtp.command.CommandException;
import dev.backstop.edge.tls.TlsChannel;
import dev.backstop.mail.smtp.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One client's session (RFC 5321 §3). Read {@link #handle} first. One thread runs it; {@link
 * #busy}, {@link #farewell} and {@link #tick} are for others.
 */
final class GatewaySession implements Door.Session {
  private static final Reply LONG_LINE = new Reply(500, "5.5.6", "Line is too long");
  private static final Reply FOREIGN =
      new Reply(421, "4.7.0", "This is a mail server and speaks SMTP, goodbye");
  private static final Reply BROKEN_LINE =
      new Reply(500, "5.5.2", "A command line ends with CRLF and has no other CR, LF or NUL");
  private static final Reply STOPPING =
      new Reply(421, "4.3.2", "Service is being restarted, please try again at once");

  /** What the thread is doing, as others may see it. */
  private enum Doing {
    /** It waits for a command, and no transaction is open. */
    WAITING,
    TALKING,
    /** It has been told to end while it waited. */
    ENDED
  }

  private final GatewayServer server;
  private final Connection connection;
  private final Client client;
  private final Output output;
  private final Input input;
  private final NextHopLink link = new NextHopLink();
  private final Authentication authentication;
  private final Envelopes envelopes;
  private final Messages messages;
  private final Patience patience;
  private final AtomicReference<Doing> doing = new AtomicReference<>(Doing.TALKING);
  private Offer offer = Offer.NOTHING;

  GatewaySession(GatewayServer server, Connection connection) {
    this.server = server;
    this.connection = connection;
    this.client = new Client(server.settings());
    this.output = new Output(connection, server.settings().limits().times().reply());
    this.input = new Input(connection, server.buffers(), output::flush);
    this.authentication = new Authentication(server, client, link, input, output);
    this.envelopes = new Envelopes(server, client, link, output);
    this.patience = new Patience(server, client, output);
    this.messages = new Messages(server, client, link, connection, input, output);
  }

  @Override
  public void serve() throws IOException {
    try {
      if (begin()) {
        while (next()) {
          // until one of us has said goodbye
        }
        output.flush();
      }
    } finally {
      envelopes.drop();
      link.close();
      input.rest();
      client.left(server.settings().clients());
    }
  }

  @Override
  public boolean busy() {
    return doing.get() != Doing.WAITING;
  }

  @Override
  public boolean farewell() {
    if (!doing.compareAndSet(Doing.WAITING, Doing.ENDED)) {
      return doing.get() == Doing.ENDED;
    }
    try {
      connection.write(ByteBuffer.wrap((STOPPING + "\r\n").getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      // It has gone by itself.
    }
    return true;
  }

  @Override
  public void tick(long now) {
    link.tick(now);
  }

  private boolean begin() throws IOException {
    InetSocketAddress remote = connection.remote();
    client.connected(remote, connection.local());
    connection.expectWithin(server.settings().limits().times().greeting());
    if (remote != null && server.settings().proxies().test(remote.getAddress())) {
      Optional<ProxyHeader> header = ProxyReader.read(input);
      if (header.isEmpty()) {
        return patience.hangUp("connection without a PROXY header");
      }
      client.proxied(header.get());
    }
    boolean ours = server.filter().isOurClient(client.peer());
    Verdict verdict = ours ? new Verdict.Ok() : client.came(server.settings().clients());
    if (verdict instanceof Verdict.TooMany tooMany) {
      server.messages().clientOverLimit.increment();
      output.say(tooMany.reply());
      output.flush();
      return false;
    }
    output.say("220 " + server.settings().name() + " ESMTP Backstop");
    connection.partWith(
        ("421 4.4.2 " + server.settings().name() + " waited too long, goodbye\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    return true;
  }

  /** The next command; false when the session is over. */
  private boolean next() throws IOException {
    boolean between = envelopes.current() == null;
    if (between && server.stopping() && !input.hasMore()) {
      output.say(STOPPING);
      return false;
    }
    output.flushUnless(input.hasMore());
    if (between) {
      doing.set(Doing.WAITING);
    }
    connection.expectWithin(server.settings().limits().times().command());
    Input.Line line = input.line(server.settings().limits().sizes().command());
    if (between && !doing.compareAndSet(Doing.WAITING, Doing.TALKING)) {
      return false;
    }
    return switch (line) {
      case Input.Line.End _ -> false;
      case Input.Line.TooLong(String start, boolean whole) ->
          unreadable(start, LONG_LINE)
              && (whole || patience.hangUp("client sends a line without end"));
      case Input.Line.Broken(String start, boolean whole) ->
          whole ? unreadable(start, BROKEN_LINE) : cutOff(start);
      case Input.Line.Text text when text.octets().isEmpty() ->
          patience.wrong(new Reply(500, "5.5.2", "There is no command in this line"));
      case Input.Line.Text text -> handle(Command.of(text.octets()));
    };
  }

  /** Where octets of a message may follow, or another protocol, nothing more can be understood. */
  private boolean unreadable(String start, Reply reply) throws IOException {
    if (start.indexOf(Input.TLS_HANDSHAKE) == 0) {
      output.say(FOREIGN);
      return patience.hangUp("client speaks another protocol");
    }
    if (start.equalsIgnoreCase("BDAT")) {
      output.say(new Reply(521, "5.5.4", "BDAT with a size that cannot be read, goodbye"));
      return patience.hangUp("BDAT with a size that cannot be read");
    }
    return patience.wrong(reply);
  }

  /** The client waits in the middle of a line: what would follow could be taken for anything. */
  private boolean cutOff(String start) throws IOException {
    return unreadable(start, BROKEN_LINE) && patience.hangUp("client ends lines with LF alone");
  }

  private boolean handle(Command command) throws IOException {
    if (command.isForeign()) {
      output.say(FOREIGN);
      return patience.hangUp("client speaks another protocol");
    }
    try {
      return switch (command.verb()) {
        case "EHLO", "HELO" -> hello(command);
        case "MAIL" -> done(envelopes.mail(command.argument(), offer));
        case "RCPT" -> done(envelopes.recipient(command.argument(), offer));
        case "DATA" -> data(command);
        case "BDAT" -> content(messages.chunk(envelopes, command.argument()));
        case "RSET" -> reset(command);
        case "NOOP" -> idle("250 2.0.0 OK");
        case "HELP" -> idle("214 2.0.0 See RFC 5321");
        case "VRFY" -> idle("252 2.5.2 Cannot verify, but send a message and see");
        case "STARTTLS" -> startTls(command);
        case "AUTH" -> auth(command.argument());
        case "QUIT" -> quit();
        case "EXPN", "TURN", "ETRN", "ATRN", "SEND", "SOML", "SAML" ->
            patience.wrong(new Reply(502, "5.5.1", "Command is not implemented"));
        default -> patience.wrong(new Reply(500, "5.5.2", "Command is not known"));
      };
    } catch (CommandException e) {
      return patience.wrong(new Reply(e.code(), e.status(), String.valueOf(e.getMessage())));
    }
  }

  private boolean hello(Command command) throws IOException {
    String name = command.argument();
    if (!Client.isName(name)) {
      return patience.wrong(
          new Reply(501, "5.5.4", "Say " + command.verb() + " and the name of your host"));
    }
    boolean again = client.helo() != null;
    envelopes.drop(); // RFC 5321 §4.1.4
    if (!name.equals(client.helo()) && !authentication.done()) {
      link.close(); // the next hop was told another name
    }
    boolean extended = command.verb().equals("EHLO");
    client.introduced(name, extended);
    offer = extended ? envelopes.offer(authentication) : Offer.NOTHING;
    if (extended) {
      var lines = new ArrayList<String>();
      lines.add(server.settings().name());
      lines.addAll(offer.lines());
      output.say(250, lines);
    } else {
      output.say("250 " + server.settings().name());
    }
    return !again || patience.idle();
  }

  /** After a command whose answer has been said. */
  private boolean done(Envelopes.Outcome outcome) throws IOException {
    return switch (outcome) {
      case GO_ON -> true;
      case ERROR -> patience.error();
      case HANG_UP -> false;
    };
  }

  private boolean data(Command command) throws IOException {
    if (!command.argument().isEmpty()) {
      return patience.wrong(new Reply(501, "5.5.4", "DATA has no argument"));
    }
    return content(messages.data(envelopes));
  }

  private boolean content(Messages.Outcome outcome) throws IOException {
    return switch (outcome) {
      case TAKEN -> {
        patience.restore();
        yield true;
      }
      case GO_ON -> true;
      case ERROR -> patience.error();
      case HANG_UP -> false;
    };
  }

  private boolean reset(Command command) throws IOException {
    if (!command.argument().isEmpty()) {
      return patience.wrong(new Reply(501, "5.5.4", "RSET has no argument"));
    }
    envelopes.drop();
    return idle("250 2.0.0 OK");
  }

  private boolean auth(String argument) throws IOException, CommandException {
    if (offer.auth().isEmpty() || authentication.done() || envelopes.current() != null) {
      return patience.wrong(new Reply(503, "5.5.1", "AUTH is not offered here and now"));
    }
    return done(authentication.run(argument, offer.auth()));
  }

  private boolean startTls(Command command) throws IOException {
    var tls = server.settings().tls();
    if (tls.isEmpty() || client.isSecure() || authentication.done()) {
      return patience.wrong(new Reply(503, "5.5.1", "STARTTLS is not offered here and now"));
    }
    if (!command.argument().isEmpty()) {
      return patience.wrong(new Reply(501, "5.5.4", "STARTTLS has no argument"));
    }
    if (input.hasMore()) { // it would be read as if it had been protected
      output.say(new Reply(554, "5.5.0", "Octets in clear behind STARTTLS"));
      return patience.hangUp("octets in clear behind STARTTLS");
    }
    output.say("220 2.0.0 Ready");
    output.flush();
    connection.expectWithin(server.settings().limits().times().reply());
    connection.through(plain -> client.secured(TlsChannel.handshake(plain, tls.get().engine())));
    envelopes.drop(); // RFC 3207 §4.2: nothing that was said before counts
    link.close();
    client.forgetIntroduction();
    offer = Offer.NOTHING;
    return true;
  }

  private boolean quit() throws IOException {
    output.say("221 2.0.0 " + server.settings().name() + " closes the connection");
    return false;
  }

  private boolean idle(String reply) throws IOException {
    output.say(reply);
    return patience.idle();
  }
}
