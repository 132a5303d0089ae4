package dev.backstop.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One event a line: {@code time=… level=info event="milter opened" address=127.0.0.1:8891}. What
 * came from outside cannot begin a line or a pair of its own: values are quoted when they hold
 * anything but printable ASCII without spaces, quotes and equals signs, and control characters are
 * escaped. Without state.
 */
public final class LogfmtEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  /** Characters of one value; a diagnostic text of a peer may be as long as it likes. */
  private static final int MAX_VALUE = 8_192;

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    line.append("time=").append(event.getInstant());
    pair(line, "level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    pair(line, "event", event.getFormattedMessage());
    for (KeyValuePair pair :
        Objects.requireNonNullElse(event.getKeyValuePairs(), java.util.List.<KeyValuePair>of())) {
      pair(line, pair.key, String.valueOf(pair.value));
    }
    cause(line, event.getThrowableProxy());
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  private static void cause(StringBuilder line, @Nullable IThrowableProxy thrown) {
    if (thrown != null) {
      pair(line, "cause", thrown.getClassName() + ": " + thrown.getMessage());
      pair(line, "trace", ThrowableProxyUtil.asString(thrown));
    }
  }

  private static void pair(StringBuilder line, String key, @Nullable String text) {
    String value = String.valueOf(text);
    line.append(' ').append(key).append('=');
    int length = Math.min(value.length(), MAX_VALUE);
    if (isPlain(value)) {
      line.append(value);
      return;
    }
    line.append('"');
    for (int i = 0; i < length; i++) {
      quoted(line, value.charAt(i));
    }
    line.append(value.length() > MAX_VALUE ? "…\"" : "\"");
  }

  private static boolean isPlain(String value) {
    if (value.isEmpty() || value.length() > MAX_VALUE) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (!isPlain(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c) {
    return c > ' ' && c < 0x7f && c != '"' && c != '=' && c != '\\';
  }

  /** C1 controls and the bidirectional marks too: they can rewrite what a terminal shows. */
  private static void quoted(StringBuilder line, char c) {
    switch (c) {
      case '"' -> line.append("\\\"");
      case '\\' -> line.append("\\\\");
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (c >= ' ' && c < 0x7f) {
          line.append(c);
          return;
        }
        int type = Character.getType(c);
        boolean unseen =
            Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
        line.append(unseen ? String.format("\\u%04x", (int) c) : String.valueOf(c));
      }
    }
  }
}
