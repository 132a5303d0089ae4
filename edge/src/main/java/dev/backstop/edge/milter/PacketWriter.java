package dev.backstop.edge.milter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds answers, several in one array, so that they go out in one write. */
final class PacketWriter {
  private byte[] bytes = new byte[256];
  private int length;
  private int started;

  PacketWriter begin(char code) {
    started = length;
    return int32(0).octet((byte) code);
  }

  PacketWriter octet(byte value) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    bytes[length++] = value;
    return this;
  }

  PacketWriter int32(int value) {
    return octet((byte) (value >>> 24))
        .octet((byte) (value >>> 16))
        .octet((byte) (value >>> 8))
        .octet((byte) value);
  }

  /** The text in UTF-8 and the NUL that ends it; the text has none. */
  PacketWriter string(String text) {
    return octets(text.getBytes(StandardCharsets.UTF_8)).octet((byte) 0);
  }

  PacketWriter octets(byte[] value) {
    for (byte b : value) {
      octet(b);
    }
    return this;
  }

  /** Ends the packet: its length is known now. */
  void end() {
    int packet = length - started - 4;
    for (int i = 0; i < 4; i++) {
      bytes[started + i] = (byte) (packet >>> (24 - 8 * i));
    }
  }

  /** An answer without data. */
  void only(char code) {
    begin(code).end();
  }

  ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes, 0, length);
  }
}
