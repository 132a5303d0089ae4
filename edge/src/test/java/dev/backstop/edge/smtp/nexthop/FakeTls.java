package dev.backstop.edge.smtp.nexthop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Records as TLS has them, without the encryption. The peer must answer "hello" with "ok". */
final class FakeTls implements Tls {
  static final int TICKET = 21;
  static final int HANDSHAKE = 22;
  static final int DATA = 23;

  @Override
  public ByteChannel secure(ByteChannel plain, String host, int port) throws IOException {
    byte[] hello = ("hello " + host).getBytes(StandardCharsets.US_ASCII);
    plain.write(ByteBuffer.wrap(record(HANDSHAKE, hello, 0, hello.length)));
    var channel = new Records(plain);
    byte[] answer = channel.next();
    if (answer == null || !new String(answer, StandardCharsets.US_ASCII).equals("ok")) {
      throw new IOException("the handshake failed");
    }
    return channel;
  }

  static byte[] record(int type, byte[] octets, int from, int length) {
    var record = new ByteArrayOutputStream();
    record.writeBytes(new byte[] {(byte) type, 3, 3, (byte) (length >> 8), (byte) length});
    record.write(octets, from, length);
    return record.toByteArray();
  }

  /** The content of the next record; empty at the end. */
  static byte[] readRecord(InputStream in) throws IOException {
    byte[] header = in.readNBytes(5);
    return header.length < 5
        ? new byte[0]
        : in.readNBytes((header[3] & 0xff) << 8 | (header[4] & 0xff));
  }

  /** Reads greedily, as an engine's channel does: whatever it is given it keeps. */
  private static final class Records implements ByteChannel {
    private final ByteChannel plain;
    private final ByteBuffer raw = ByteBuffer.allocate(40_000).flip();
    private byte[] content = {};
    private int at;

    Records(ByteChannel plain) {
      this.plain = plain;
    }

    byte @Nullable [] next() throws IOException {
      do {
        if (!fill()) {
          return null;
        }
      } while (skipsTicket());
      if (raw.get(raw.position()) != HANDSHAKE && raw.get(raw.position()) != DATA) {
        throw new IOException("not a record");
      }
      byte[] octets = new byte[length()];
      raw.position(raw.position() + 5);
      raw.get(octets);
      return octets;
    }

    private boolean fill() throws IOException {
      while (raw.remaining() < 5 || raw.remaining() < 5 + length()) {
        raw.compact();
        int count = plain.read(raw);
        raw.flip();
        if (count < 0) {
          return false;
        }
      }
      return true;
    }

    private boolean skipsTicket() {
      boolean ticket = raw.get(raw.position()) == TICKET;
      raw.position(ticket ? raw.position() + 5 + length() : raw.position());
      return ticket;
    }

    private int length() {
      return (raw.get(raw.position() + 3) & 0xff) << 8 | (raw.get(raw.position() + 4) & 0xff);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (at == content.length) {
        byte[] next = next();
        if (next == null) {
          return -1;
        }
        content = next;
        at = 0;
      }
      int count = Math.min(target.remaining(), content.length - at);
      target.put(content, at, count);
      at += count;
      return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      byte[] octets = new byte[Math.min(source.remaining(), 16_384)];
      source.get(octets);
      ByteBuffer record = ByteBuffer.wrap(record(DATA, octets, 0, octets.length));
      while (record.hasRemaining()) {
        plain.write(record);
      }
      return octets.length;
    }

    @Override
    public boolean isOpen() {
      return plain.isOpen();
    }

    @Override
    public void close() throws IOException {
      plain.close();
    }
  }
}
