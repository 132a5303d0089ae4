package dev.backstop.cli.check.print;

import dev.backstop.cli.check.input.Reached;
import dev.backstop.cli.check.result.Tally;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One line on the terminal that tells how far the run is, rewritten in place and erased at the end.
 * For one thread.
 */
public final class Progress {
  private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);
  private static final String ERASE = "\r\033[K";
  private static final int MAX_NAME = 30;

  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private final boolean wanted;
  private final boolean shared;
  private long next;
  private boolean visible;

  /**
   * The line.
   *
   * @param wanted false: nothing is ever written
   * @param shared whether standard output is the same terminal; then it comes later
   */
  Progress(PrintWriter err, LongSupplier nanoTime, boolean wanted, boolean shared) {
    this.err = err;
    this.nanoTime = nanoTime;
    this.wanted = wanted;
    this.shared = shared;
    this.next = nanoTime.getAsLong() + (shared ? PATIENCE : EVERY);
  }

  /**
   * As the streams allow: nothing without a terminal, nothing between lines of JSON on the same
   * terminal, after a while when blocks run over it.
   */
  public static Progress on(Screen screen, PrintWriter err, boolean refused, boolean json) {
    boolean wanted = screen.err() != null && !refused && !(json && screen.isShared());
    return new Progress(err, System::nanoTime, wanted, screen.isShared());
  }

  boolean isWanted() {
    return wanted;
  }

  /** Shows how far the run is, when it is time to. */
  public void tick(Reached reached, Tally tally) {
    if (!wanted || nanoTime.getAsLong() - next < 0) {
      return;
    }
    next = nanoTime.getAsLong() + EVERY;
    visible = true;
    err.print(ERASE + line(reached, tally));
    err.flush();
  }

  private static String line(Reached reached, Tally tally) {
    Reached.Position position = reached.position();
    long done = (long) tally.messages() + tally.unread() + tally.passedOver();
    String bounces = String.format(Locale.ROOT, ", %,d bounces", tally.bounces());
    if (!position.file().isEmpty()) {
      String messages = String.format(Locale.ROOT, "%,d messages", tally.messages());
      String file = SafeText.of(end(position.file()));
      return messages + ", " + position.percent() + " % of " + file + bounces;
    }
    String all = reached.isWhole() ? "" : "+";
    return String.format(Locale.ROOT, "%,d of %,d%s messages", done, reached.expected(), all)
        + bounces;
  }

  private static String end(String name) {
    return name.length() <= MAX_NAME ? name : "…" + name.substring(name.length() - MAX_NAME);
  }

  /** Before something is written to standard output. */
  public void beforeOutput() {
    if (shared) {
      erase();
    }
  }

  /** Takes the line away, at the end or before something else on standard error. */
  public void erase() {
    if (visible) {
      visible = false;
      err.print(ERASE);
      err.flush();
    }
  }
}
