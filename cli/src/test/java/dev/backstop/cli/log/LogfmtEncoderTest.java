package dev.backstop.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class LogfmtEncoderTest {
  private static final String START = "time=2026-01-01T00:00:00Z level=info event=opened";

  @Test
  void oneEventIsOneLineOfPairs() {
    assertThat(line(null, new KeyValuePair("address", "127.0.0.1:8891"), new KeyValuePair("n", 3)))
        .isEqualTo(START + " address=127.0.0.1:8891 n=3\n");
  }

  @Test
  void whatComesFromOutsideCannotForgeLinesOrPairs() {
    assertThat(
            line(null, new KeyValuePair("from", "a b=\"c\"\r\nlevel=error \\ \u202e\u009b\u2028x")))
        .isEqualTo(
            START + " from=\"a b=\\\"c\\\"\\r\\nlevel=error \\\\ \\u202e\\u009b\\u2028x\"\n");
    assertThat(line(null, new KeyValuePair("from", ""))).isEqualTo(START + " from=\"\"\n");
    assertThat(line(null, new KeyValuePair("from", null))).isEqualTo(START + " from=null\n");
    assertThat(line(null, new KeyValuePair("from", "bücher"))).endsWith(" from=\"bücher\"\n");
  }

  @Test
  void valuesAreBounded() {
    assertThat(line(null, new KeyValuePair("diagnostic", "x".repeat(100_000))))
        .hasSizeLessThan(10_000)
        .endsWith("x…\"\n");
  }

  @Test
  void aCauseStaysOnTheLine() {
    assertThat(line(new IllegalStateException("disk full")))
        .contains(" cause=\"java.lang.IllegalStateException: disk full\" trace=\"")
        .containsOnlyOnce("\n");
  }

  @Test
  void theSetupIsFoundByLogback() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    assertThat(root.getLevel()).isEqualTo(Level.INFO);
    assertThat(context.getStatusManager().getCopyOfStatusList())
        .anySatisfy(status -> assertThat(status.getMessage()).contains(LogSetup.class.getName()));
  }

  private static String line(@Nullable Throwable cause, KeyValuePair... pairs) {
    Logger logger = new LoggerContext().getLogger("test");
    LoggingEvent event = new LoggingEvent("", logger, Level.INFO, "opened", cause, null);
    event.setInstant(Instant.parse("2026-01-01T00:00:00Z"));
    event.setKeyValuePairs(List.of(pairs));
    return new String(new LogfmtEncoder().encode(event), StandardCharsets.UTF_8);
  }
}
