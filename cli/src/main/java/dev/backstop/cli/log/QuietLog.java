package dev.backstop.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log off the screen until it is closed, whatever level was asked for; warnings are kept.
 * Open and close it on one thread.
 */
public final class QuietLog implements AutoCloseable {
  private static final int MOST = 20;

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level level = root.getLevel();
  private final List<Appender<ILoggingEvent>> before = new ArrayList<>();
  private final Kept kept = new Kept();

  /** From now on nothing is written. */
  public QuietLog() {
    for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
      before.add(all.next());
    }
    before.forEach(root::detachAppender);
    kept.setContext(root.getLoggerContext());
    kept.start();
    root.addAppender(kept);
    root.setLevel(Level.WARN);
  }

  /** Warnings so far, the first twenty, one a line. */
  public List<String> warnings() {
    return kept.lines();
  }

  @Override
  public void close() {
    root.detachAppender(kept);
    root.setLevel(level);
    before.forEach(root::addAppender);
  }

  private static final class Kept extends AppenderBase<ILoggingEvent> {
    private final List<String> lines = new ArrayList<>();

    @Override
    protected synchronized void append(ILoggingEvent event) {
      if (lines.size() < MOST) {
        lines.add(
            event.getLevel() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs());
      }
    }

    synchronized List<String> lines() {
      return List.copyOf(lines);
    }
  }
}
