package dev.backstop.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class QuietLogTest {
  private final AtomicLong now = new AtomicLong(-5);
  private final Lines lines = new Lines();
  private final QuietLog log = new QuietLog(lines, now::get);

  @Test
  void floodIsOneLineAndACount() {
    for (int i = 0; i < 1000; i++) {
      log.warn("bad packet", "number " + i);
    }
    log.warn("other", "one");
    now.addAndGet(10_000_000_000L);
    log.warn("bad packet", "again");
    assertThat(lines.said)
        .containsExactly(
            "bad packet: number 0",
            "other: one",
            "bad packet: again (and 999 more like it since the last such line)");
  }

  @Test
  void bugsOfOursAreEachSaidButWithOneStackTrace() {
    log.error("filter failed", "4X1", new IllegalStateException("why"));
    log.error("filter failed", "4X2", new IllegalStateException("why"));
    assertThat(lines.said)
        .containsExactly(
            "filter failed: 4X1 + trace",
            "filter failed: 4X2: java.lang.IllegalStateException (stack trace above)");
  }

  /** Keeps what is logged. */
  private static final class Lines extends AbstractLogger {
    private static final long serialVersionUID = 1L;
    private final transient List<String> said = new ArrayList<>();

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        Marker marker,
        String message,
        Object @Nullable [] arguments,
        @Nullable Throwable cause) {
      String text = MessageFormatter.basicArrayFormat(message, arguments);
      said.add(cause == null ? text : text + " + trace");
    }

    @Override
    public boolean isTraceEnabled() {
      return true;
    }

    @Override
    public boolean isTraceEnabled(Marker marker) {
      return true;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled(Marker marker) {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled(Marker marker) {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled(Marker marker) {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled(Marker marker) {
      return true;
    }
  }
}
