package dev.backstop.mail.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailDateTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 1 Mar 2026 12:00:05 +0000",
        "Sun, 01 Mar 2026 13:00:05 +0100",
        "Sun, 1 Mar 2026 06:30:05 -0530 (half past)",
        "1 Mar 2026 12:00:05 GMT",
        "sun, 1 mar 26 12:00:05 UT",
        "Sun, 1 Mar 126 12:00:05 Z",
        "Sunday, 1-March-26 07:00:05 EST",
        "Sun, 1 Mar 2026 05:00:05 pdt",
        "  Sun,  1  Mar  2026  12:00:05",
      })
  void readsWhatPeopleWrite(String text) {
    assertThat(MailDate.parse(text)).contains(Instant.parse("2026-03-01T12:00:05Z"));
  }

  @Test
  void oddSeconds() {
    assertThat(MailDate.parse("1 Mar 2026 12:00 +0000"))
        .contains(Instant.parse("2026-03-01T12:00:00Z"));
    assertThat(MailDate.parse("31 Dec 2016 23:59:60 +0000"))
        .as("a leap second")
        .contains(Instant.parse("2016-12-31T23:59:59Z"));
    assertThat(MailDate.parse("1 Mar 99 12:00 +0000"))
        .contains(Instant.parse("1999-03-01T12:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "Sun, 1 Mar 2026",
        "1 Arm 2026 12:00 +0000",
        "31 Feb 2026 12:00 +0000",
        "1 Mar 2026 25:00 +0000",
        "1 Mar 2026 12:00 +9900",
        "2026-03-01T12:00:00Z",
      })
  void nothingElseIsADate(String text) {
    assertThat(MailDate.parse(text)).isEmpty();
  }

  @Test
  void noTextMakesItFail() {
    var random = new Random(20260301);
    String letters = "0123456789 Mar,:+-SunGMT()\t\u00e9";
    for (int round = 0; round < 200_000; round++) {
      var text = new StringBuilder("Sun, 1 Mar 2026 12:00:05 +0000");
      for (int i = random.nextInt(8); i > 0; i--) {
        text.setCharAt(
            random.nextInt(text.length()), letters.charAt(random.nextInt(letters.length())));
      }
      MailDate.parse(text.toString()).ifPresent(at -> assertThat(at).isNotNull());
    }
    assertThat(MailDate.parse("1 ".repeat(1_000_000))).isEmpty();
  }
}
