package dev.backstop.bounce.proof;

import static dev.backstop.bounce.proof.SignedMail.ED25519;
import static dev.backstop.bounce.proof.SignedMail.LETTER;
import static dev.backstop.bounce.proof.SignedMail.RSA;
import static dev.backstop.bounce.proof.SignedMail.SENT;
import static dev.backstop.bounce.proof.SignedMail.bounce;
import static dev.backstop.bounce.proof.SignedMail.plain;
import static dev.backstop.bounce.proof.SignedMail.proof;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.form.AutomaticMail;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a header suffers on its way back, and that our signature is known all the same. */
class DkimDamageTest {
  /** UTF-8 in the Subject, as mail with SMTPUTF8 or 8BITMIME has it. */
  private static final String UTF_8 = LETTER.replace("Minutes", "Gr\u00c3\u00bc\u00c3\u009fe");

  private static final String LATIN_1 = LETTER.replace("Minutes", "Gr\u00fc\u00dfe");
  private static final String ONE = LETTER.replaceAll("To: .*", "To: Bob <bob@far.example>");

  private static final Map<String, UnaryOperator<String>> DAMAGE = damage();

  private static Map<String, UnaryOperator<String>> damage() {
    Map<String, UnaryOperator<String>> damage = new LinkedHashMap<>();
    damage.put("nothing", header -> header);
    damage.put("unfolded", header -> header.replaceAll("\n[ \t]+", " "));
    damage.put("folded anew", header -> header.replaceAll("(?<=[,;]) ", "\n\t"));
    damage.put("tabs for blanks in folds", header -> header.replace("\n ", "\n\t"));
    damage.put("blanks at line ends", header -> header.replace("\n", " \t\n"));
    damage.put("lost folds", header -> header.replaceAll("\n[ \t]+", "\n"));
    damage.put(
        "names in lower case", header -> matches("(?m)^[A-Za-z-]+:", header, String::toLowerCase));
    damage.put(
        "names in upper case", header -> matches("(?m)^[A-Za-z-]+:", header, String::toUpperCase));
    damage.put(
        "trace on top",
        header ->
            "Received: from a.example by b.example\nX-Spam: no\nDelivered-To: b@x\n" + header);
    damage.put("fields at the bottom", header -> header + "X-Scanned: yes\nX-Other: 1\n");
    damage.put("another Subject on top", header -> "Subject: [SPAM] Minutes\n" + header);
    damage.put("another To on top", header -> "To: list@far.example\n" + header);
    damage.put("another To at the bottom", header -> header + "To: undisclosed-recipients:;\n");
    damage.put("a second From on top", header -> "From: list@far.example\n" + header);
    damage.put("LF", header -> header);
    damage.put("CRLF", header -> header.replace("\n", "\r\n"));
    damage.put("CR CR LF", header -> header.replace("\n", "\r\r\n"));
    damage.put("Cut behind what is signed", header -> header.substring(0, header.length() - 8));
    return damage;
  }

  private static String matches(String pattern, String text, UnaryOperator<String> change) {
    return Pattern.compile(pattern).matcher(text).replaceAll(m -> change.apply(m.group()));
  }

  static List<String> damages() {
    return List.copyOf(DAMAGE.keySet());
  }

  private static boolean isProven(AutomaticMail reading) {
    Evidence evidence = proof().of(reading, SENT);
    return evidence.finding() == Finding.PROVEN && evidence.strength() == Strength.CONCLUSIVE;
  }

  @ParameterizedTest
  @MethodSource("damages")
  void isSurvived(String name) {
    for (String letter : List.of(LETTER, UTF_8, LATIN_1)) {
      String header =
          DAMAGE.getOrDefault(name, h -> "").apply(SignedMail.signed(letter, RSA, ED25519));
      assertThat(isProven(bounce("bob@far.example", header))).as("headers").isTrue();
      assertThat(isProven(bounce("bob@far.example", "message/rfc822", header + "\nHello\n")))
          .as("whole")
          .isTrue();
      if (!name.startsWith("CR CR")) { // in a text no line ends so
        assertThat(isProven(plain("bob@far.example", header + "\nHello\n"))).as("text").isTrue();
      }
    }
  }

  /** A relay that cannot send 8-bit octets on makes words of them, each in its way. */
  @Test
  void encodedWordsAreTakenBack() {
    byte[] octets = "Gr\u00fc\u00dfe".getBytes(StandardCharsets.UTF_8);
    String base64 = Base64.getEncoder().encodeToString(octets);
    for (String word :
        List.of(
            "=?utf-8?Q?Gr=C3=BC=C3=9Fe?=",
            "=?utf-8?B?" + base64 + "?=",
            "=?unknown-8bit?q?Gr=C3=BC?= =?unknown-8bit?q?=C3=9Fe?=")) {
      String header = SignedMail.signed(UTF_8, RSA).replace("Gr\u00c3\u00bc\u00c3\u009fe", word);
      assertThat(isProven(bounce("bob@far.example", header))).as(word).isTrue();
    }
    String latin = SignedMail.signed(LATIN_1, RSA);
    assertThat(
            isProven(
                bounce(
                    "bob@far.example",
                    latin.replace("Gr\u00fc\u00dfe", "=?iso-8859-1?Q?Gr=FC=DFe?="))))
        .isTrue();
  }

  @Test
  void octetsThatBecameUtf8AreTakenBack() {
    for (String letter : List.of(LATIN_1, UTF_8)) { // once, and twice
      String header = SignedMail.signed(letter, RSA);
      String twice =
          new String(header.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      assertThat(isProven(bounce("bob@far.example", twice))).isTrue();
    }
  }

  /** Where the rewritten address is that of the report, or the report says the first one. */
  @Test
  void aRewrittenToIsTakenBack() {
    String header = SignedMail.signed(ONE, RSA);
    for (String to : List.of("Bob <bob@mailbox.far.example>", "Bob <bob+x@far.example>")) {
      String rewritten = header.replace("Bob <bob@far.example>", to);
      assertThat(isProven(bounce("bob@far.example", rewritten))).as(to).isTrue();
    }
    String bare = SignedMail.signed(LETTER.replaceAll("To: .*", "To: bob@far.example"), RSA);
    assertThat(
            isProven(
                bounce(
                    "bob@far.example",
                    bare.replace("bob@far.example", "\"Robert\" <bob@far.example>"))))
        .isTrue();
  }

  /** Of all fields: who writes addresses in brackets does so everywhere. */
  @Test
  void bracketsThatWereDroppedAreTakenBack() {
    String letter =
        LETTER
            .replaceAll("From: .*", "From: <anna@ours.example>")
            .replaceAll("To: .*", "To: <bob@far.example>, <carol@far.example>")
            .replaceAll("Cc: .*", "Cc: <dave@elsewhere.example>");
    String bare = SignedMail.signed(letter, RSA).replaceAll("<([a-z]+@[a-z.]+)>", "$1");
    assertThat(bare)
        .contains("From: anna@ours.example\nTo: bob@far.example, carol@far.example\nCc: dave@");
    assertThat(isProven(bounce("bob@far.example", bare))).isTrue();
  }

  @Test
  void quotedInAText() {
    String header = SignedMail.signed(LETTER, RSA, ED25519);
    String quoted = "You wrote:\n" + header.replaceAll("(?m)^", "> ").replaceAll("> $", "");
    assertThat(isProven(plain("bob@far.example", quoted + ">\n> Hello\n"))).isTrue();
    String indented = header.replaceAll("(?m)^", "    ");
    assertThat(isProven(plain("bob@far.example", indented))).isTrue();
  }

  /** Some servers return four kilobytes and no more. */
  @Test
  void aLongHeaderThatWasCutBehindWhatIsSigned() {
    String header = SignedMail.signed(LETTER, RSA);
    String cut = (header + "X-Long: " + "x".repeat(8000)).substring(0, 4096);
    assertThat(isProven(bounce("bob@far.example", cut))).isTrue();
  }

  /** Two at once; names that are changed inside a torn signature are lost. */
  @Test
  void pairsOfDamage() {
    List<String> lost = new ArrayList<>();
    int all = 0;
    for (String letter : List.of(LETTER, UTF_8)) {
      for (Map.Entry<String, UnaryOperator<String>> first : DAMAGE.entrySet()) {
        for (Map.Entry<String, UnaryOperator<String>> second : DAMAGE.entrySet()) {
          if (first.getKey().startsWith("C")) {
            continue; // line ends and cuts come last
          }
          String once = first.getValue().apply(SignedMail.signed(letter, RSA, ED25519));
          boolean proven = isProven(bounce("bob@far.example", second.getValue().apply(once)));
          all++;
          if (!proven) {
            lost.add(first.getKey() + " + " + second.getKey());
          }
        }
      }
    }
    assertThat(lost).as("of " + all).hasSizeLessThan(all / 100);
  }
}
