package dev.backstop.bounce.proof;

import static dev.backstop.bounce.proof.SignedMail.ED25519;
import static dev.backstop.bounce.proof.SignedMail.LETTER;
import static dev.backstop.bounce.proof.SignedMail.RSA;
import static dev.backstop.bounce.proof.SignedMail.SENT;
import static dev.backstop.bounce.proof.SignedMail.bounce;
import static dev.backstop.bounce.proof.SignedMail.proof;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.bounce.form.AutomaticMail;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** No returned header makes the proof throw, cost much, or say that a stranger's mail is ours. */
class DkimProofFuzzTest {
  private static final String HEADER = SignedMail.signed(LETTER, RSA, ED25519);

  @FuzzTest(maxDuration = "60s")
  void takesAnyHeader(byte[] bytes) {
    String header = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(check(bounce("bob@far.example", "message/rfc822", header)).finding())
        .isNotEqualTo(Finding.PROVEN);
  }

  /** The same in every build: a signed header with octets changed, doubled and cut out. */
  @Test
  void takesDamagedHeaders() {
    var random = new Random(20260301);
    for (int round = 0; round < 3000; round++) {
      var header = new StringBuilder(HEADER);
      for (int i = random.nextInt(12); i > 0 && header.length() > 10; i--) {
        int at = random.nextInt(header.length());
        switch (random.nextInt(4)) {
          case 0 -> header.setCharAt(at, (char) random.nextInt(256));
          case 1 -> header.setCharAt(at, "\r\n:;<>=? \t".charAt(random.nextInt(10)));
          case 2 -> header.setLength(Math.max(1, at));
          default -> header.insert(at, header.substring(at / 2, at));
        }
      }
      check(bounce("bob@far.example", "message/rfc822", header.toString()));
    }
  }

  @Test
  void isNotSlowedByHostileHeaders() {
    String signature = HEADER.substring(0, HEADER.indexOf("From: "));
    String broken = LETTER.replace("Minutes", "=?utf-8?Q?=C3?= =?u?b?AAA?=");
    String[] shapes = {
      signature.repeat(500) + broken,
      "DKIM-Signature: v=1; a=rsa-sha256\n".repeat(5000) + HEADER,
      "To: x@y.example\n".repeat(1900) + signature + broken,
      signature + broken + "To: " + "a@b.example, ".repeat(8000) + "\n",
      signature + broken + "Subject: " + "=?u?q?=C3?= ".repeat(10_000) + "\n",
      signature + broken + "Subject:" + "\n x".repeat(40_000) + "\n",
      signature + "\n".repeat(3) + broken,
      signature + broken + "X: \u00fc".repeat(30_000) + "\n",
      "DKIM-Signature: v=1; d=ours.example; s=r;" + " h=From;".repeat(10_000) + "\n" + broken,
      "DKIM-Signature: v=1\n" + "References:Date:\n".repeat(4000) + broken,
    };
    for (String shape : shapes) {
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> {
            for (int i = 0; i < 20; i++) {
              check(bounce("bob@far.example", "message/rfc822", shape));
            }
          });
    }
  }

  private static Evidence check(AutomaticMail reading) {
    Evidence evidence = proof().of(reading, SENT);
    assertThat(evidence.proof()).isEqualTo(Proof.DKIM);
    assertThat(evidence.detail()).isNotBlank().hasSizeLessThan(1000);
    return evidence;
  }
}
