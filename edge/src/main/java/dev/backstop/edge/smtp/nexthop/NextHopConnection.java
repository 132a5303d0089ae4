package dev.backstop.edge.smtp.nexthop;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a next hop that is ready for transactions. One thread talks; {@link #tick},
 * {@link #isOpen} and {@link #close} are for all. After a {@link BrokenHopException} it is closed.
 *
 * <p>Before each command, and before the dot, it is made sure that the hop has said nothing
 * unasked: else every answer would be taken for that of the command after it, and at last a "250"
 * that was sent before the message for the answer to the message.
 */
public final class NextHopConnection implements Closeable {
  private static final int MAX_COMMAND = 12_288 + 64; // RFC 4954 §4: the longest, a line of AUTH

  private final NextHop hop;
  private final Capabilities capabilities;
  private final Wire wire;
  private final Settings settings;
  private final Watch watch;

  /** Held by whoever talks, so that a look or a QUIT never falls into another's exchange. */
  private final ReentrantLock turn = new ReentrantLock();

  private @Nullable MessageWriter message;
  private int recipients;
  private volatile boolean leaving;

  NextHopConnection(
      NextHop hop, Capabilities capabilities, Wire wire, Settings settings, Watch watch) {
    this.hop = hop;
    this.capabilities = capabilities;
    this.wire = wire;
    this.settings = settings;
    this.watch = watch;
    wire.expectWithin(settings.times().idle());
  }

  public NextHop hop() {
    return hop;
  }

  /** What the hop said last that it can do, knowing the client if it was told of it. */
  public Capabilities capabilities() {
    return capabilities;
  }

  /** Whether all that is said is encrypted. */
  public boolean isSecure() {
    return wire.isSecure();
  }

  /**
   * Sends a command, or a further line of AUTH, and waits for the reply.
   *
   * @param line without its end
   * @throws BrokenHopException when there is no reply that can be trusted
   * @throws IllegalArgumentException when the line is more than one, or longer than 12,352 octets
   */
  public HopReply command(String line) throws BrokenHopException {
    if (line.length() > MAX_COMMAND
        || line.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
      throw new IllegalArgumentException("not one line of a command");
    }
    return exchange(() -> {
      requireNoMessage();
      HopReply reply = noted(wire.ask(line, settings.times().command()));
      count(line, reply);
      return reply;
    });
  }

  /** LMTP answers a message once for each recipient, so that they must be counted. */
  private void count(String line, HopReply reply) {
    String verb = line.length() < 4 ? "" : line.substring(0, 4).toUpperCase(Locale.ROOT);
    switch (verb) {
      case "RCPT" -> recipients += reply.isPositive() ? 1 : 0;
      case "MAIL", "RSET", "EHLO", "HELO", "LHLO" -> recipients = 0;
      default -> {} // does not touch the envelope
    }
  }

  /**
   * Asks to send the message. An intermediate reply means that it must be sent now, to its end.
   *
   * @throws BrokenHopException when there is no reply that can be trusted, 2xx among them
   */
  public HopReply data() throws BrokenHopException {
    return exchange(() -> {
      requireNoMessage();
      HopReply reply = noted(wire.ask("DATA", settings.times().data()));
      if (reply.isPositive()) {
        throw new BrokenHopException("took a message that it has not seen");
      }
      if (reply.isIntermediate()) {
        message = new MessageWriter(settings.buffers(), this::block);
      }
      return reply;
    });
  }

  /**
   * Octets of the message as they go over the wire: lines end with CRLF, dots are doubled. They are
   * gathered into large writes.
   *
   * @throws BrokenHopException when the hop has closed, or said something before the end
   */
  public void write(byte[] octets, int from, int length) throws BrokenHopException {
    exchange(() -> {
      requireMessage().write(octets, from, length);
      return length;
    });
  }

  private void block(byte[] octets, int from, int length) throws BrokenHopException {
    wire.requireQuiet();
    wire.send(octets, from, length, settings.times().block());
  }

  /**
   * Ends the message, in the same write as its last octets. Of LMTP's replies for several
   * recipients it is the worst: a temporary refusal, else a permanent one; see {@link #endForEach}.
   *
   * @throws BrokenHopException also when the reply came before the end of the message. Then it is
   *     unknown whether the hop has taken it; only a 2xx reply says that it has
   */
  public HopReply end() throws BrokenHopException {
    List<HopReply> replies = endForEach();
    for (HopReply reply : replies) {
      if (reply.isTemporary()) {
        return reply;
      }
    }
    return replies.stream().filter(HopReply::isPermanent).findFirst().orElse(replies.getFirst());
  }

  /**
   * The same with all replies: with LMTP one for each recipient that the hop took, in the order of
   * RCPT (RFC 2033 §4.2), else one.
   */
  public List<HopReply> endForEach() throws BrokenHopException {
    return exchange(() -> {
      requireMessage().end();
      giveBack();
      List<HopReply> replies = new ArrayList<>();
      int count = hop.lmtp() ? Math.max(recipients, 1) : 1;
      for (int i = 0; i < count; i++) {
        HopReply reply = noted(wire.reply(settings.times().dot()));
        if (reply.isIntermediate()) {
          throw new BrokenHopException("answered a message with " + reply.code());
        }
        replies.add(reply);
      }
      recipients = 0;
      return replies;
    });
  }

  /** RFC 5321 §3.8: a server that says 421 closes. */
  private HopReply noted(HopReply reply) {
    leaving |= reply.code() == 421;
    return reply;
  }

  private MessageWriter requireMessage() throws BrokenHopException {
    if (message == null) {
      if (!wire.isOpen()) { // by another thread, which does not ask whether a message is being sent
        throw new BrokenHopException("is not connected any more");
      }
      throw new IllegalStateException("no message is being sent");
    }
    return message;
  }

  private void requireNoMessage() {
    if (message != null) {
      throw new IllegalStateException("a message is being sent");
    }
  }

  /** What is said in one's turn. */
  private interface Exchange<T> {
    T talk() throws IOException;
  }

  private <T> T exchange(Exchange<T> exchange) throws BrokenHopException {
    turn.lock();
    try {
      T result = exchange.talk();
      wire.expectWithin(message == null ? settings.times().idle() : settings.times().block());
      return result;
    } catch (IOException e) {
      giveBack();
      watch.broken(wire);
      throw new BrokenHopException("next hop " + hop + " " + e.getMessage(), e);
    } finally {
      turn.unlock();
    }
  }

  private void giveBack() {
    if (message != null) {
      message.give();
      message = null;
    }
  }

  /**
   * Whether another command can be sent. It does not wait, and sees that the hop has closed, has
   * said 421, or anything else that it was not asked.
   */
  public boolean isOpen() {
    if (leaving || !wire.isOpen()) {
      return false;
    }
    if (!turn.tryLock()) {
      return true; // somebody is talking
    }
    try {
      return wire.isQuiet();
    } finally {
      turn.unlock();
    }
  }

  /**
   * Closes the connection if the hop has taken too long.
   *
   * @param now {@link System#nanoTime}
   */
  public void tick(long now) {
    wire.tick(now);
  }

  /**
   * Says QUIT where it can be said, and does not wait for the answer. Within a message, or while
   * another thread talks, the connection is cut: the hop drops what it has of a message.
   */
  @Override
  public void close() {
    if (!turn.tryLock()) {
      watch.gone(wire);
      return;
    }
    try {
      boolean canQuit = message == null && wire.isOpen();
      giveBack();
      if (canQuit) {
        wire.quit();
      }
      watch.gone(wire);
    } finally {
      turn.unlock();
    }
  }
}
