package dev.backstop.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each damage is what it says. */
class DamageTest {
  private static final String HEADER =
      """
      Received: from mx.ours.test by mx.far.example with ESMTPS id 4711 for somebody\r
      Subject: Gr\u00c3\u00bc\u00c3\u009fe\r
      To: bob@far.example\r
      """;

  @Test
  void linesStayTheSameWhenOnlyTheirEndsChange() {
    assertThat(Damage.LF.of(HEADER).lines()).containsExactlyElementsOf(HEADER.lines().toList());
    assertThat(Damage.LF.of(HEADER)).doesNotContain("\r");
    assertThat(Damage.CRCRLF.of(HEADER)).contains("\r\r\n");
  }

  @Test
  void longFieldsAreFoldedAtABlank() {
    assertThat(Damage.FOLDED.of(HEADER)).contains("\r\n\t");
    assertThat(Damage.FOLDED.of(HEADER).replace("\r\n\t", " ")).isEqualTo(HEADER);
  }

  @Test
  void namesChangeTheirCaseAndValuesDoNot() {
    assertThat(Damage.CASE.of(HEADER)).contains("SUBJECT: Gr").contains("to: bob@far.example");
  }

  @Test
  void octetsBecomeAnEncodedWordOfTheSameOctets() {
    assertThat(Damage.ENCODED.of(HEADER)).contains("Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n");
    assertThat(Damage.REWORDED.of(HEADER)).as("none to encode anew").isEqualTo(HEADER);
    assertThat(Damage.REWORDED.touches(HEADER)).isFalse();
  }

  @Test
  void aCutGoesThroughLongHeadersOnly() {
    assertThat(Damage.CUT.touches(HEADER)).isFalse();
    assertThat(Damage.CUT.of(HEADER.repeat(100))).hasSize(Damage.CUT_AT);
  }
}
