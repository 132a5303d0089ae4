package dev.backstop.cli.check.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how much was read, and refuses to read beyond a bound. */
final class CountedInput extends FilterInputStream {
  private final long bound;
  private final LongConsumer progress;
  private long count;

  CountedInput(InputStream in, long bound, LongConsumer progress) {
    super(in);
    this.bound = bound;
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (count >= bound) {
      throw new IOException("longer than " + (bound >> 30) + " GiB; the rest was not read");
    }
    int n = in.read(bytes, offset, length);
    count += Math.max(0, n);
    progress.accept(count);
    return n;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
