package dev.backstop.cli.check.print;

import java.io.PrintWriter;

/** Standard output through a large buffer, and the news that nobody reads on. For one thread. */
public final class Output {
  private static final int BUFFER = 64 << 10;

  private final PrintWriter out;
  private final StringBuilder buffer = new StringBuilder(BUFFER + 4096);
  private boolean closed;

  public Output(PrintWriter out) {
    this.out = out;
  }

  public void write(String text) {
    buffer.append(text);
  }

  /** Whether so much is waiting that it should go out. */
  public boolean isFull() {
    return buffer.length() >= BUFFER;
  }

  public boolean isEmpty() {
    return buffer.isEmpty();
  }

  /** Writes what waits. */
  public void flush() {
    out.append(buffer);
    buffer.setLength(0);
    closed = out.checkError();
  }

  /** Whether the other end of the pipe is gone: the rest would be work for nothing. */
  public boolean isClosed() {
    return closed;
  }
}
