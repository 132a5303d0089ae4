package dev.backstop.cli.check.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.form.MessageReader;
import dev.backstop.cli.check.Mails;
import dev.backstop.cli.check.result.Checked;
import dev.backstop.cli.check.result.Opinion;
import dev.backstop.cli.check.result.Tally;
import dev.backstop.mail.message.Cut;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintTest {
  private static Checked checked(String text, Set<Cut> cuts) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    RawMessage message = MessageSplitter.split(bytes, bytes.length, false);
    AutomaticMail mail = MessageReader.read(message);
    return new Checked("x.eml", mail, Opinion.withoutProof(mail), cuts);
  }

  private static Checked bounce() {
    return checked(Mails.BOUNCE, Set.of());
  }

  @Test
  void aTerminalHasColoursAndAWidth() {
    String block = TextBlock.of(bounce(), new Style(true, 60, false), false);
    assertThat(block)
        .startsWith("\033[1mx.eml\033[0m\n")
        .contains("  \033[2mverdict\033[0m   \033[33munproven\033[0m\n");
    assertThat(block.replaceAll("\033\\[[0-9;]*m", "").lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
  }

  @Test
  void wrappingLosesNothing() {
    String wide = TextBlock.of(bounce(), Style.PLAIN, true).replaceAll("\\s", "");
    String narrow = TextBlock.of(bounce(), new Style(false, 40, false), true);
    assertThat(narrow.replaceAll("\\s", "")).isEqualTo(wide);
  }

  @Test
  void aTerminalWithoutUnicodeGetsAscii() {
    assertThat(TextBlock.of(bounce(), new Style(false, 0, true), true))
        .matches("\\p{ASCII}*")
        .contains("j?rgen@example.net", "\"550 5.1.1 user unknown ?[31m\"");
  }

  @Test
  void tenRecipientsAndTheNumberOfTheOthers() {
    String block = TextBlock.of(checked(Mails.bounce(12), Set.of()), Style.PLAIN, false);
    assertThat(block)
        .contains("user10@example.net", "and 2 more")
        .doesNotContain("user11@example.net");
  }

  @Test
  void whatWasCutIsSaid() {
    Checked cut = checked(Mails.BOUNCE, Set.of(Cut.PART, Cut.MESSAGE));
    assertThat(TextBlock.of(cut, Style.PLAIN, false))
        .contains(Cut.PART.words(), "cut       " + Cut.MESSAGE.words());
    assertThat(JsonLine.of(cut)).contains("\"truncated\":true,\"cut\":[\"message\",\"part\"]");
    assertThat(CsvRows.of(cut)).contains(",message part,");
  }

  @Test
  void spamDressedAsABounceIsNamed() {
    AutomaticMail mail = checked(Mails.LETTER, Set.of()).mail();
    var dressed =
        new AutomaticMail(
            mail.form(),
            null,
            mail.confidence(),
            mail.reporter(),
            mail.recipients(),
            mail.returned(),
            mail.references(),
            mail.from(),
            List.of("its report is empty"),
            Form.BOUNCE,
            Set.of());
    var checked = new Checked("x.eml", dressed, Opinion.withoutProof(dressed), Set.of());
    assertThat(TextBlock.of(checked, Style.PLAIN, true))
        .contains(
            "form      ordinary, dressed as bounce\n",
            "because   its report is empty\n",
            "imitates  bounce: looks like one at first sight, and is none\n");
    var tally = new Tally();
    tally.message(checked, true);
    assertThat(SummaryTable.of(tally, false, Style.PLAIN))
        .containsPattern("Ordinary mail dressed as\n  bounce +1\n");
  }

  @Test
  void aLongDiagnosticIsBounded() {
    String diagnostic = "word ".repeat(500);
    String block =
        TextBlock.of(
            checked(Mails.BOUNCE.replace("user unknown", diagnostic), Set.of()),
            Style.PLAIN,
            false);
    assertThat(block).contains("word…\n").hasSizeLessThan(1500);
  }

  /** A spreadsheet runs what begins like this. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "=1+1 , '=1+1",
        "+1 , '+1",
        "-1 , '-1",
        "@SUM(A1) , '@SUM(A1)",
        "a=b , a=b",
        "say \"x\" , `\"say \"\"x\"\"\"`",
        "`a,b` , `\"a,b\"`",
        "`=a,b` , `\"'=a,b\"`",
      })
  void cellsAreQuotedAndNoFormulas(String text, String cell) {
    assertThat(CsvRows.cell(text)).isEqualTo(cell);
  }

  @Test
  void cellsHaveNoControlCharacters() {
    assertThat(CsvRows.cell("\t=1")).isEqualTo("'\uFFFD=1");
    assertThat(CsvRows.cell("\r\n")).isEqualTo("'\uFFFD\uFFFD");
    assertThat(CsvRows.cell(" a")).isEqualTo("\" a\"");
  }

  @ParameterizedTest
  @CsvSource({
    "24 132, 132",
    "0 0, 80",
    "'', 80",
    "24, 80",
    "24 x, 80",
  })
  void theWidthIsWhatSttySays(String size, int width) {
    assertThat(Screen.columns(size)).isEqualTo(width);
  }

  @Test
  void theTerminalsCharsetIsThatOfTheLocale() {
    assertThat(Screen.isAscii(Map.of())).isFalse();
    assertThat(Screen.isAscii(Map.of("LANG", "de_DE.UTF-8"))).isFalse();
    assertThat(Screen.isAscii(Map.of("LANG", "de_DE.ISO-8859-1"))).isTrue();
    assertThat(Screen.isAscii(Map.of("LANG", "de_DE.ISO-8859-1", "LC_CTYPE", "C.utf8"))).isFalse();
    assertThat(Screen.isAscii(Map.of("LC_ALL", "de_DE@euro", "LANG", "C.UTF-8"))).isTrue();
    // what the launcher sets hides LC_ALL only
    assertThat(Screen.isAscii(Map.of("LC_ALL", "C.UTF-8", "LANG", "de_DE.ISO-8859-1"))).isTrue();
  }

  @Test
  void coloursAreForTerminalsThatWantThem() {
    assertThat(Screen.NONE.style()).isEqualTo(Style.PLAIN);
    assertThat(new Screen("/dev/null", null, Map.of()).style().colours()).isTrue();
    assertThat(new Screen("/dev/null", null, Map.of("NO_COLOR", "1")).style().colours()).isFalse();
    assertThat(new Screen("/dev/null", null, Map.of("TERM", "dumb")).style().colours()).isFalse();
  }
}
