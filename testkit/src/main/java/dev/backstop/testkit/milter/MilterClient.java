package dev.backstop.testkit.milter;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to a milter as a mail server does, or as none should: every packet is built by hand. Not
 * safe for use by several threads.
 */
public final class MilterClient implements AutoCloseable {
  /** Everything that protocol version 6 can leave out, as Postfix offers it. */
  public static final int ALL_STEPS = 0x1fffff;

  public static final int ALL_ACTIONS = 0x1ff;

  private final SocketChannel channel;
  private final DataInputStream in;
  private final DataOutputStream out;

  /** TCP or unix. */
  public MilterClient(SocketAddress address) throws IOException {
    channel = SocketChannel.open(address);
    in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
    out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
  }

  /** Sends one packet with those pieces of data. */
  public void send(char command, byte[]... data) throws IOException {
    int length = 1;
    for (byte[] piece : data) {
      length += piece.length;
    }
    out.writeInt(length);
    out.writeByte(command);
    for (byte[] piece : data) {
      out.write(piece);
    }
  }

  /** Sends one packet of strings, each with its NUL. */
  public void strings(char command, String... strings) throws IOException {
    byte[][] pieces = new byte[strings.length][];
    for (int i = 0; i < strings.length; i++) {
      pieces[i] = string(strings[i]);
    }
    send(command, pieces);
  }

  /** A string as in a packet; its characters are octets. */
  public static byte[] string(String text) {
    return (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Sends octets that need not be a packet. */
  public void raw(byte[] octets) throws IOException {
    out.write(octets);
  }

  /**
   * Macros for a command, as name, value, name, value.
   *
   * @param command its byte, such as M for MAIL
   */
  public void macros(char command, String... namesAndValues) throws IOException {
    byte[][] pieces = new byte[namesAndValues.length + 1][];
    pieces[0] = new byte[] {(byte) command};
    for (int i = 0; i < namesAndValues.length; i++) {
      pieces[i + 1] = string(namesAndValues[i]);
    }
    send('D', pieces);
  }

  /** Offers and reads what the milter makes of it. */
  public MilterAnswer negotiate(int version, int actions, int steps) throws IOException {
    offer(version, actions, steps);
    MilterAnswer answer = read();
    if (answer == null) {
      throw new EOFException("closed at negotiation");
    }
    return answer;
  }

  /** Offers without reading. */
  public void offer(int version, int actions, int steps) throws IOException {
    out.writeInt(13);
    out.writeByte('O');
    out.writeInt(version);
    out.writeInt(actions);
    out.writeInt(steps);
  }

  /** Negotiates as Postfix, then a client's connection and HELO, which nobody answers. */
  public MilterClient asPostfix() throws IOException {
    negotiate(6, ALL_ACTIONS, ALL_STEPS);
    macros('C', "v", "Postfix 3.7.11");
    connectedFrom("mx.example.com", 40000, "192.0.2.1");
    strings('H', "mx.example.com");
    return this;
  }

  /** An IPv4 client. */
  public void connectedFrom(String name, int port, String address) throws IOException {
    byte[] family = {'4', (byte) (port >>> 8), (byte) port};
    send('C', string(name), family, string(address));
  }

  /** The next packet after sending all that waits; {@code null} when the milter has closed. */
  public @Nullable MilterAnswer read() throws IOException {
    try {
      out.flush();
      int length = in.readInt();
      if (length < 1 || length > 1 << 24) {
        throw new IOException("milter sent a packet of " + length);
      }
      char code = (char) in.readUnsignedByte();
      return new MilterAnswer(code, in.readNBytes(length - 1));
    } catch (EOFException | SocketException e) {
      return null;
    } catch (IOException e) {
      return closed(e);
    }
  }

  /** A unix socket says it with a plain exception. */
  private static @Nullable MilterAnswer closed(IOException e) throws IOException {
    String message = String.valueOf(e.getMessage());
    if (message.contains("reset") || message.contains("Broken pipe")) {
      return null;
    }
    throw e;
  }

  /** The next packet in words, {@code closed} when there is none. */
  public String answer() throws IOException {
    MilterAnswer answer = read();
    return answer == null ? "closed" : answer.describe();
  }

  /** Whether the milter has closed, or closes before it says anything more. */
  public boolean isClosed() throws IOException {
    return read() == null;
  }

  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
