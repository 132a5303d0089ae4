package dev.backstop.edge.milter;

import dev.backstop.edge.Action;
import dev.backstop.edge.BufferPool;
import dev.backstop.edge.MessageFilter;
import dev.backstop.edge.TransactionFilter;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Reply;
import dev.backstop.mail.smtp.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known between MAIL and the end of one message, within the bounds. Not safe for use by
 * several threads.
 */
final class MilterTransaction {
  private static final Reply TOO_MANY_HEADERS =
      new Reply(552, "5.3.4", "Message header is too large");
  private static final Reply BUSY =
      new Reply(451, "4.3.1", "Mail filter is out of memory, please try again later");

  private static final int HEADER_RESERVE = 16 * 1024;

  /** What comes next; each step only leads forward. */
  enum Step {
    ENVELOPE,
    HEADER,
    BODY
  }

  /**
   * A recipient that the mail server took.
   *
   * @param given exactly as the client wrote it: Postfix removes a recipient only by that
   */
  record Recipient(Mailbox mailbox, String given) {}

  final TransactionFilter filter;
  final Peer peer;

  /** Mail that the mail server itself replays: it cannot refuse single recipients there. */
  final boolean replayed;

  private final ReversePath reversePath;
  private final Limits.Sizes limits;
  private final BufferPool pool;
  private final List<Recipient> recipients = new ArrayList<>(2);
  private final List<Mailbox> mailboxes = new ArrayList<>(2);
  private final List<HeaderField> header = new ArrayList<>();
  private int headerOctets;
  private int headerReserved;
  private byte @Nullable [] body;
  private int bodyLength;
  private @Nullable MessageFilter reading;
  private int bodyWanted;
  private boolean readsBody;
  private boolean truncated;

  Step step = Step.ENVELOPE;

  /** The filter wants nothing to do with this message. */
  boolean passed;

  /** What to say at the next point where the mail server listens. */
  @Nullable Reply refusal;

  MilterTransaction(
      TransactionFilter filter,
      Peer peer,
      boolean replayed,
      ReversePath reversePath,
      Limits.Sizes limits,
      BufferPool pool) {
    this.filter = filter;
    this.peer = peer;
    this.replayed = replayed;
    this.reversePath = reversePath;
    this.limits = limits;
    this.pool = pool;
  }

  /** For a filter to look at during one call: later recipients show through. */
  Transaction view(@Nullable String queueId) {
    return new Transaction(peer, queueId, reversePath, Collections.unmodifiableList(mailboxes));
  }

  /** For the filter to keep. */
  private Transaction whole(@Nullable String queueId) {
    return new Transaction(peer, queueId, reversePath, List.copyOf(mailboxes));
  }

  boolean mayAddRecipient() {
    return recipients.size() < limits.recipients();
  }

  void add(Recipient recipient) {
    recipients.add(recipient);
    mailboxes.add(recipient.mailbox());
  }

  List<Recipient> recipients() {
    return recipients;
  }

  /** Keeps a header field, or refuses the message and keeps nothing more of it. */
  void addHeader(Packet packet, int nameEnd, int valueEnd, boolean leadingSpace) {
    headerOctets += valueEnd;
    if (header.size() >= limits.headerFields() || headerOctets > limits.headerOctets()) {
      refuse(TOO_MANY_HEADERS);
      return;
    }
    while (headerReserved < headerOctets) {
      if (!pool.reserve(HEADER_RESERVE)) {
        refuse(BUSY);
        return;
      }
      headerReserved += HEADER_RESERVE;
    }
    byte[] value = HeaderBytes.value(packet, nameEnd + 1, valueEnd, leadingSpace);
    header.add(new HeaderField(packet.latin1(0, nameEnd), value));
  }

  /** The header is complete: asks the filter what it does with the message. Always true. */
  boolean begin(@Nullable String queueId) {
    MessageFilter asked = filter.message(whole(queueId), List.copyOf(header));
    bodyWanted = Math.clamp(asked.bodyWanted(), 0, limits.body());
    readsBody = asked.readsBody();
    reading = asked;
    return true;
  }

  boolean readsBody() {
    return readsBody;
  }

  /** Shows the filter this piece of the body. Always true. */
  boolean readBody(Packet packet) {
    packet.showTo(Objects.requireNonNull(reading));
    return true;
  }

  /** The filter's last word. */
  Action end(@Nullable String queueId) {
    return Objects.requireNonNull(reading).end(whole(queueId), message());
  }

  /** Keeps as much of this piece of the body as is wanted. */
  void keepBody(Packet packet) {
    int take = Math.min(packet.length(), bodyWanted - bodyLength);
    truncated |= take < packet.length();
    byte[] room = take > 0 ? roomFor(bodyLength + take) : null;
    if (room != null) {
      packet.copyTo(room, bodyLength, 0, take);
      bodyLength += take;
    }
  }

  /** More of the body would only be thrown away. */
  boolean hasEnough() {
    return (truncated && !readsBody) || refusal != null;
  }

  private byte @Nullable [] roomFor(int length) {
    byte[] old = body;
    if (old != null && old.length >= length) {
      return old;
    }
    byte[] next = pool.take(old == null ? length : (int) Math.max(length, nextSize(old.length)));
    if (next == null) {
      refuse(BUSY);
      return null;
    }
    if (old != null) {
      System.arraycopy(old, 0, next, 0, bodyLength);
      pool.give(old);
    }
    body = next;
    return next;
  }

  private long nextSize(int size) {
    return Math.min(2L * size, bodyWanted);
  }

  private RawMessage message() {
    byte[] held = body;
    var content = held == null ? RawMessage.Body.EMPTY : new RawMessage.Body(held, bodyLength);
    return new RawMessage(List.copyOf(header), content, truncated);
  }

  /** Remembers what to say, and lets go of all memory. */
  void refuse(Reply reply) {
    refusal = reply;
    release();
  }

  /** Gives all memory back. The transaction holds nothing afterwards. */
  void release() {
    byte[] held = body;
    if (held != null) {
      pool.give(held);
      body = null;
    }
    pool.release(headerReserved);
    headerReserved = 0;
    bodyLength = 0;
    bodyWanted = 0;
    header.clear();
    reading = null;
  }
}
