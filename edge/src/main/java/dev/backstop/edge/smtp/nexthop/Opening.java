package dev.backstop.edge.smtp.nexthop;

import dev.backstop.edge.smtp.nexthop.HopFailure.Kind;
import dev.backstop.edge.smtp.nexthop.NextHop.TlsPolicy;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dialogue from the connection to the point where MAIL can be said: PROXY header, greeting,
 * EHLO, STARTTLS, EHLO, identification of the client. For one connection and one thread.
 *
 * <p>Once the hop has been told of the client, what it says may be about the client: then it is not
 * left alone for it, else one bad client could close the way for all.
 */
final class Opening {
  private final NextHop hop;
  private final @Nullable ClientIdentity client;
  private final Settings settings;
  private final Watch watch;
  private final Deadline deadline;
  private final Wire wire;
  private boolean identified;
  private Capabilities capabilities = Capabilities.NONE;
  private Capabilities offeredToUs = Capabilities.NONE;

  /**
   * What came of it.
   *
   * @param offeredToUs before the hop was told of the client
   */
  record Ready(NextHopConnection connection, Capabilities offeredToUs) {}

  /**
   * @param client {@code null} where we come for ourselves
   */
  Opening(
      NextHop hop,
      @Nullable ClientIdentity client,
      Settings settings,
      Watch watch,
      Deadline deadline,
      Wire wire) {
    this.hop = hop;
    this.client = client;
    this.settings = settings;
    this.watch = watch;
    this.deadline = deadline;
    this.wire = wire;
  }

  /**
   * @param tls the hop's policy, or NONE where the optional one has failed already
   */
  Ready run(SocketAddress address, TlsPolicy tls) throws HopFailure {
    watch.add(wire);
    boolean done = false;
    try {
      connectAndGreet(address);
      hello();
      startTls(tls);
      offeredToUs = capabilities;
      identify();
      done = true;
      return new Ready(
          new NextHopConnection(hop, capabilities, wire, settings, watch), offeredToUs);
    } catch (BrokenHopException e) {
      boolean perhapsForTheClient = identified && !wire.timedOut();
      throw new HopFailure(perhapsForTheClient ? Kind.UNKNOWN : Kind.DOWN, e.problem(), e);
    } finally {
      if (!done) {
        watch.gone(wire);
      }
    }
  }

  private void connectAndGreet(SocketAddress address) throws BrokenHopException, HopFailure {
    wire.connect(address, deadline.within(settings.times().connect()));
    int version =
        switch (hop.identify()) {
          case PROXY_V1 -> 1;
          case PROXY_V2 -> 2;
          case AUTO, NONE, XCLIENT, XFORWARD -> 0;
        };
    if (version > 0) {
      byte[] header =
          settings.proxy().header(client == null ? ClientIdentity.NOBODY : client, version);
      wire.send(header, 0, header.length, deadline.within(settings.times().greeting()));
      identified = client != null;
    }
    HopReply greeting = wire.reply(deadline.within(settings.times().greeting()));
    if (greeting.code() != 220) {
      throw refused("greeted with", greeting);
    }
  }

  private HopReply ask(String line) throws BrokenHopException {
    return wire.ask(line, deadline.within(settings.times().command()));
  }

  /** RFC 5321 §3.2: a server that does not know EHLO is asked with HELO. */
  private void hello() throws BrokenHopException, HopFailure {
    HopReply reply = ask((hop.lmtp() ? "LHLO " : "EHLO ") + settings.helo());
    if (reply.isPositive()) {
      capabilities = Capabilities.of(reply);
      return;
    }
    if (reply.isPermanent() && !hop.lmtp()) {
      reply = ask("HELO " + settings.helo());
      capabilities = Capabilities.NONE;
    }
    if (!reply.isPositive()) {
      throw refused("answered " + (hop.lmtp() ? "LHLO" : "EHLO") + " with", reply);
    }
  }

  private HopFailure refused(String what, HopReply reply) {
    Kind kind = Kind.DOWN;
    if (identified) {
      kind = reply.isPermanent() ? Kind.REFUSED : Kind.NOT_FOR_THIS_CLIENT;
    }
    return new HopFailure(kind, what + " " + reply, reply);
  }

  private void startTls(TlsPolicy policy) throws BrokenHopException, HopFailure {
    boolean optional = policy == TlsPolicy.MAY;
    if (policy == TlsPolicy.NONE || (optional && hop.address().isLocal())) {
      return;
    }
    if (!capabilities.has("STARTTLS")) {
      if (!optional) {
        throw new HopFailure(
            Kind.DOWN, "does not offer STARTTLS, which is required", (HopReply) null);
      }
      return;
    }
    HopReply reply = ask("STARTTLS");
    if (reply.isPositive()) {
      shakeHands(
          policy == TlsPolicy.VERIFY ? settings.checkedCertificate() : settings.anyCertificate(),
          optional);
      hello(); // RFC 3207 §4.2: what was said in clear counts no more
    } else if (!optional) {
      throw new HopFailure(Kind.DOWN, "answered STARTTLS with " + reply, reply);
    }
  }

  private void shakeHands(Tls tls, boolean optional) throws BrokenHopException, HopFailure {
    // Octets behind the 220 came in clear and would count as encrypted (CVE-2021-38371 and others).
    wire.requireQuiet();
    String host = hop.address() instanceof NextHop.Address.Tcp tcp ? tcp.host() : "localhost";
    int port = hop.address() instanceof NextHop.Address.Tcp tcp ? tcp.port() : 0;
    try {
      wire.secure(tls, host, port, deadline.within(settings.times().greeting()));
    } catch (IOException e) {
      String why = wire.timedOut() ? "it took too long" : String.valueOf(e.getMessage());
      throw new HopFailure(
          optional ? Kind.TLS_OPTIONAL : Kind.DOWN, "cannot be talked to with TLS: " + why, e);
    }
  }

  private void identify() throws BrokenHopException, HopFailure {
    if (client == null) {
      return;
    }
    switch (hop.identify()) {
      case NONE, PROXY_V1, PROXY_V2 -> {}
      case XCLIENT -> xclient(client);
      case XFORWARD -> xforward(client, true);
      case AUTO -> {
        if (capabilities.xclient().contains("ADDR")) {
          xclient(client);
        } else {
          xforward(client, false);
        }
      }
    }
  }

  /**
   * A hop that offers XCLIENT and refuses it is not used for this client, wanted or automatic: it
   * would take us, whom it trusts, for the client.
   */
  private void xclient(ClientIdentity client) throws BrokenHopException, HopFailure {
    requireAddress("XCLIENT", capabilities.xclient());
    for (String command : Identification.xclient(client, capabilities.xclient())) {
      identified = true;
      HopReply reply = ask(command);
      if (!reply.isPositive()) {
        throw xclientRefused(reply);
      }
      hello(); // the server is at its beginning again, and may offer this client something else
    }
  }

  /** Codes of XCLIENT_README are about the command; others are about the client, as a greeting. */
  private HopFailure xclientRefused(HopReply reply) {
    return switch (reply.code()) {
      case 501, 503, 550 ->
          new HopFailure(Kind.NOT_FOR_THIS_CLIENT, "answered XCLIENT with " + reply, reply);
      default -> refused("answered XCLIENT with", reply);
    };
  }

  private void xforward(ClientIdentity client, boolean required)
      throws BrokenHopException, HopFailure {
    if (required) {
      requireAddress("XFORWARD", capabilities.xforward());
    }
    for (String command : Identification.xforward(client, capabilities.xforward())) {
      identified = true;
      HopReply reply = ask(command);
      if (reply.isTemporary() || (required && !reply.isPositive())) {
        throw new HopFailure(Kind.NOT_FOR_THIS_CLIENT, "answered XFORWARD with " + reply, reply);
      }
    }
  }

  /** Without ADDR the hop would take us for the client all the same. */
  private static void requireAddress(String verb, Set<String> attributes) throws HopFailure {
    if (!attributes.contains("ADDR")) {
      throw new HopFailure(
          Kind.DOWN, "does not offer " + verb + " with ADDR, which is required", (HopReply) null);
    }
  }
}
