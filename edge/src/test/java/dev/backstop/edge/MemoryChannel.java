package dev.backstop.edge;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/**
 * A peer that has already said everything, in pieces of a given size; what is written to it is
 * kept.
 */
public final class MemoryChannel implements ByteChannel {
  private final byte[] input;
  private final int piece;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private int at;
  private boolean open = true;

  public MemoryChannel(byte[] input, int piece) {
    this.input = input.clone();
    this.piece = piece;
  }

  @Override
  public int read(ByteBuffer target) {
    if (at == input.length) {
      return -1;
    }
    int count = Math.min(piece, Math.min(target.remaining(), input.length - at));
    target.put(input, at, count);
    at += count;
    return count;
  }

  @Override
  public int write(ByteBuffer source) {
    int count = source.remaining();
    while (source.hasRemaining()) {
      output.write(source.get());
    }
    return count;
  }

  public byte[] written() {
    return output.toByteArray();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
