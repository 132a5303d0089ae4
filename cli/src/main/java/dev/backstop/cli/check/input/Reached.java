package dev.backstop.cli.check.input;

import java.util.concurrent.atomic.AtomicLong;

/** How far the reading is. Written by the thread that reads, read by the one that shows it. */
public final class Reached {

  /**
   * Inside a large file.
   *
   * @param percent of its octets, 0 to 100
   */
  public record Position(String file, int percent) {
    static final Position NOWHERE = new Position("", 0);
  }

  private final AtomicLong expected = new AtomicLong();
  private volatile boolean whole;
  private volatile Position position = Position.NOWHERE;

  void expect(long more) {
    expected.addAndGet(more);
  }

  void at(Position now) {
    position = now;
  }

  /** Every folder has been listed. */
  void end() {
    whole = true;
    position = Position.NOWHERE;
  }

  /** Messages and files found so far, read or not. */
  public long expected() {
    return expected.get();
  }

  /** Whether nothing more can be found. */
  public boolean isWhole() {
    return whole;
  }

  /** In a large file; its name is empty outside one. */
  public Position position() {
    return position;
  }
}
