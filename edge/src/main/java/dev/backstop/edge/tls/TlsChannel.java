package dev.backstop.edge.tls;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * TLS over another channel. All calls block their (virtual) thread and know no time: whoever sets
 * deadlines closes this channel, or during the handshake the one below, and that ends whatever
 * blocks.
 *
 * <p>One thread may read while another writes. The end of the stream is told as such whether or not
 * the peer said so with close_notify, as most mail programs do not: what SMTP carries has ends of
 * its own. An end in the middle of a record is an error. Renegotiation (RFC 5746) is refused: it
 * costs us more than the peer, and nobody needs it.
 */
public final class TlsChannel implements ByteChannel {
  /** More make no handshake: the longest message in the shortest fragments that peers use. */
  private static final int MAX_HANDSHAKE_RECORDS = 1_000;

  /** Records in a row that carry no data; the bound that OpenSSL has. */
  private static final int MAX_EMPTY_RECORDS = 32;

  /** For the peer's machine to take a few octets. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;

  private final ByteChannel plain;
  private final SSLEngine engine;
  private final RecordReader records;
  private final ReentrantLock reading = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Decrypted and not fetched yet. The lock for reading guards it and the rest. */
  private @Nullable ByteBuffer waiting;

  private boolean established;
  private boolean ended;
  private int unanswered;

  private TlsChannel(ByteChannel plain, SSLEngine engine) {
    this.plain = plain;
    this.engine = engine;
    this.records = new RecordReader(plain);
  }

  /**
   * Shakes hands.
   *
   * @param plain blocking; what was read from it before is lost, and must be (RFC 3207 §4.2). Stays
   *     open when this fails
   * @param engine fresh, of {@link ServerTls} or {@link ClientTls}
   * @throws SSLException when the two sides do not come together; the peer was told
   * @throws IOException when the connection broke
   */
  public static TlsChannel handshake(ByteChannel plain, SSLEngine engine) throws IOException {
    var channel = new TlsChannel(plain, engine);
    channel.reading.lock();
    channel.writing.lock();
    try {
      channel.shakeHands();
    } catch (SSLException e) {
      channel.sendAlert();
      throw e;
    } finally {
      channel.writing.unlock();
      channel.reading.unlock();
    }
    return channel;
  }

  private void shakeHands() throws IOException {
    engine.beginHandshake();
    int count = 0;
    while (!established) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> flush();
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (++count > MAX_HANDSHAKE_RECORDS) {
            throw new SSLException("the TLS handshake does not end");
          }
          if (decrypt(ByteBuffer.allocate(0)) < 0) {
            throw new EOFException("the peer closed during the TLS handshake");
          }
        }
        case FINISHED, NOT_HANDSHAKING -> established = true;
      }
    }
  }

  private void sendAlert() {
    try {
      ByteBuffer alert = lastWords();
      while (alert.hasRemaining()) {
        plain.write(alert);
      }
    } catch (IOException e) {
      // The peer has gone; what failed is told anyway.
    }
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask(); task != null; ) {
      task.run();
      task = engine.getDelegatedTask();
    }
  }

  /**
   * Reads what there is, at least one octet where there is room for one.
   *
   * @return the number of octets, or -1 when the peer has closed
   */
  @Override
  public int read(ByteBuffer target) throws IOException {
    reading.lock();
    try {
      for (int i = 0; i <= MAX_EMPTY_RECORDS; i++) {
        int count = readOnce(target);
        if (count != 0 || !target.hasRemaining()) {
          return count;
        }
      }
      throw new SSLException("too many TLS records without data");
    } catch (SSLException e) {
      ended = true;
      throw e;
    } finally {
      reading.unlock();
    }
  }

  private int readOnce(ByteBuffer target) throws IOException {
    if (closed.get()) {
      throw new ClosedChannelException();
    }
    int count = fetch(target);
    if (count > 0 || !target.hasRemaining()) {
      return count;
    }
    if (ended) {
      return -1;
    }
    int direct = decrypt(target);
    ended = direct < 0;
    return direct == 0 ? fetch(target) : direct;
  }

  /** Hands out what is waiting. */
  private int fetch(ByteBuffer target) {
    if (waiting == null) {
      return 0;
    }
    int count = Math.min(waiting.remaining(), target.remaining());
    target.put(target.position(), waiting, waiting.position(), count);
    target.position(target.position() + count);
    waiting.position(waiting.position() + count);
    if (!waiting.hasRemaining()) {
      RecordBuffers.give(waiting);
      waiting = null;
    }
    return count;
  }

  /**
   * Decrypts one record, into the target if it fits there, else it waits.
   *
   * @return octets in the target; -1 at the end
   */
  private int decrypt(ByteBuffer target) throws IOException {
    ByteBuffer record = records.next();
    if (record == null) {
      return -1;
    }
    refuseRenegotiation(record.get(record.position()));
    SSLEngineResult result = unwrap(record, target);
    int direct = result.bytesProduced();
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      result = intoWaiting(record);
    }
    return switch (result.getStatus()) {
      case CLOSED -> -1;
      case OK -> {
        answer(result.getHandshakeStatus());
        yield direct;
      }
      case BUFFER_OVERFLOW, BUFFER_UNDERFLOW ->
          throw new SSLException("a TLS record that is not whole");
    };
  }

  private SSLEngineResult intoWaiting(ByteBuffer record) throws SSLException {
    ByteBuffer room = RecordBuffers.take();
    SSLEngineResult result = unwrap(record, room);
    if (room.flip().hasRemaining()) {
      waiting = room;
    } else {
      RecordBuffers.give(room);
    }
    return result;
  }

  private SSLEngineResult unwrap(ByteBuffer record, ByteBuffer target) throws SSLException {
    try {
      return engine.unwrap(record, target);
    } catch (RuntimeException e) {
      // what is broken enough makes the JDK throw more than it declares
      throw new SSLException("a TLS record that cannot be read", e);
    }
  }

  /** In TLS 1.2 the kind of a record is in the clear; TLS 1.3 knows no renegotiation. */
  private void refuseRenegotiation(int type) throws SSLException {
    if (established && (type == HANDSHAKE || type == CHANGE_CIPHER_SPEC)) {
      throw new SSLException("the peer wants to renegotiate TLS, which is refused");
    }
  }

  /** Answers what may come between data: a key update of TLS 1.3 (RFC 8446 §4.6.3). */
  private void answer(HandshakeStatus status) throws IOException {
    if (!established) {
      return;
    }
    if (status == HandshakeStatus.NEED_TASK) {
      runTasks();
    }
    if (engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
      return;
    }
    if (writing.tryLock()) {
      try {
        flush();
        unanswered = 0;
      } finally {
        writing.unlock();
      }
    } else if (++unanswered > MAX_EMPTY_RECORDS) {
      // whoever writes now answers with his next record, unless the peer takes nothing: then each
      // further request would cost memory
      throw new SSLException("the peer wants new keys again and again and takes nothing");
    }
  }

  /** Sends what the engine itself has to say. */
  private void flush() throws IOException {
    ByteBuffer out = RecordBuffers.take();
    try {
      while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        encrypt(ByteBuffer.allocate(0), out);
      }
    } finally {
      RecordBuffers.give(out);
    }
  }

  /** Writes all of it. */
  @Override
  public int write(ByteBuffer source) throws IOException {
    writing.lock();
    ByteBuffer out = RecordBuffers.take();
    try {
      int count = source.remaining();
      while (source.hasRemaining()) {
        if (closed.get()) {
          throw new ClosedChannelException();
        }
        encrypt(source, out);
      }
      return count;
    } finally {
      RecordBuffers.give(out);
      writing.unlock();
    }
  }

  /** Writes one record. */
  private void encrypt(ByteBuffer source, ByteBuffer out) throws IOException {
    SSLEngineResult result = engine.wrap(source, out.clear());
    if (result.bytesProduced() == 0) {
      throw result.getStatus() == Status.CLOSED
          ? new ClosedChannelException() // TLS 1.2: the peer's close_notify ends both directions
          : new SSLException("TLS cannot write now: " + result);
    }
    out.flip();
    while (out.hasRemaining()) {
      plain.write(out);
    }
  }

  /** What was agreed on. */
  public SSLSession session() {
    return engine.getSession();
  }

  /**
   * SHA-256 of the peer's certificate, 64 hexadecimal digits in lower case; none if it has none.
   */
  public Optional<String> peerFingerprint() {
    return Fingerprint.ofPeer(session());
  }

  @Override
  public boolean isOpen() {
    return !closed.get() && plain.isOpen();
  }

  /**
   * Ends whatever blocks on this channel. Never waits: close_notify is written in the background,
   * and the channel below is closed after it, a second later at most. While somebody is writing
   * there is no close_notify, since what was cut off must not look finished.
   */
  @Override
  public void close() throws IOException {
    if (closed.getAndSet(true)) {
      return;
    }
    if (!writing.tryLock()) {
      plain.close();
      return;
    }
    ByteBuffer words;
    try {
      words = lastWords();
    } finally {
      writing.unlock();
    }
    Thread.ofVirtual().name("tls-close").start(() -> leave(words));
  }

  /** Our close_notify, or the alert that tells what was wrong. */
  private ByteBuffer lastWords() {
    ByteBuffer out = RecordBuffers.take();
    try {
      engine.closeOutbound();
      int produced = 1;
      while (!engine.isOutboundDone() && produced > 0) {
        produced = engine.wrap(ByteBuffer.allocate(0), out).bytesProduced();
      }
      return ByteBuffer.allocate(out.flip().remaining()).put(out).flip();
    } catch (SSLException e) {
      return ByteBuffer.allocate(0); // it is beyond saying anything
    } finally {
      RecordBuffers.give(out);
    }
  }

  private void leave(ByteBuffer words) {
    Thread speaking = Thread.ofVirtual().name("tls-close").start(() -> say(words));
    try {
      speaking.join(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      plain.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  private void say(ByteBuffer words) {
    try {
      while (words.hasRemaining()) {
        plain.write(words);
      }
    } catch (IOException e) {
      // The peer has gone already.
    }
  }
}
