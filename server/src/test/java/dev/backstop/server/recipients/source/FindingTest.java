package dev.backstop.server.recipients.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FindingTest {
  private static final Finding KNOWN = new Finding.Known("k");
  private static final Finding UNKNOWN = new Finding.Unknown("u");
  private static final Finding SILENT = new Finding.Silent("s");
  private static final Finding FAILED = new Finding.Failed("f");

  @Test
  void oneThatKnowsTheAddressIsEnough() {
    assertThat(Finding.of(List.of(UNKNOWN, FAILED, SILENT, KNOWN))).isEqualTo(KNOWN);
  }

  @Test
  void oneThatDidNotAnswerCouldHaveKnownIt() {
    assertThat(Finding.of(List.of(UNKNOWN, FAILED, SILENT, FAILED)))
        .isEqualTo(new Finding.Failed("f; f"));
  }

  @Test
  void whoCannotTellDoesNotHinderTheOthers() {
    assertThat(Finding.of(List.of(SILENT, UNKNOWN))).isEqualTo(UNKNOWN);
    assertThat(Finding.of(List.of(SILENT))).isEqualTo(SILENT);
    assertThat(Finding.of(List.of())).isEqualTo(new Finding.Silent(""));
  }
}
