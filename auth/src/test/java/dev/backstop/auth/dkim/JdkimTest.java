package dev.backstop.auth.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.dns.DnsName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.Test;

/**
 * Another implementation, RSA only, says the same of messages that it signed and that we signed.
 */
class JdkimTest {
  private static final DnsKeys DNS = new DnsKeys(TestKeys.zone());
  private static final List<String> FORMS =
      List.of("simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed");

  private final Random random = new Random(6376);

  /** Lines of words and blanks, with CRLF, ending in one. */
  private String letter() {
    var text =
        new StringBuilder(
            "From: Joe <joe@example.com>\r\nTo:  a@example.net,\r\n\tb@example.net \r\n");
    text.append("Subject: ").append(words(6)).append("\r\n").append("X-Other: 1\r\n\r\n");
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(words(5)).append("\r\n");
    }
    return text.append(words(2)).append("x\r\n").toString();
  }

  private String words(int bound) {
    var text = new StringBuilder();
    for (int i = random.nextInt(bound); i > 0; i--) {
      text.append("word").append(random.nextInt(10)).append(" \t".repeat(random.nextInt(2)));
      text.append(random.nextBoolean() ? " " : "");
    }
    return text.toString();
  }

  private static boolean jdkimAccepts(String message) {
    var verifier =
        new DKIMVerifier((method, selector, domain) ->
            DNS.resolver().txt(DnsName.of(selector + "._domainkey." + domain)).records());
    try {
      verifier.verify(new ByteArrayInputStream(TestMail.bytes(message)));
      return verifier.hasAnyValidSignature();
    } catch (FailException | IOException e) {
      return false;
    }
  }

  private static boolean weAccept(String message) {
    return TestMail.of(message).verify(DNS).stream().anyMatch(DkimOutcome::passed);
  }

  private static String jdkimSigns(String message, String forms) throws Exception {
    var signer =
        new DKIMSigner(
            "v=1; s=small; d=example.com; h=from:to:subject; a=rsa-sha256; c="
                + forms
                + "; bh=; b=;",
            TestKeys.SMALL_RSA.privateKey());
    return signer.sign(new ByteArrayInputStream(TestMail.bytes(message))) + "\r\n" + message;
  }

  private static String weSign(String message, String forms) {
    return TestMail.of(message)
        .signed(
            TestKeys.SMALL_RSA,
            " v=1; a=rsa-sha256; d=example.com; s=small;\r\n h=From:To:Subject; c=" + forms)
        .text();
  }

  @Test
  void eachAcceptsWhatTheOtherSigns() throws Exception {
    for (int round = 0; round < 25; round++) {
      String letter = letter();
      for (String forms : FORMS) {
        assertThat(weAccept(jdkimSigns(letter, forms))).as(forms + letter).isTrue();
        assertThat(jdkimAccepts(weSign(letter, forms))).as(forms + letter).isTrue();
      }
      assertThat(jdkimAccepts(TestMail.of(letter).signed(TestKeys.SMALL_RSA).text())).isTrue();
    }
  }

  /** Why the two may differ about a message that was damaged. */
  private enum Reason {
    /** It skips what is no base64 (RFC 6376 §2.10 has none of it); we refuse. */
    BASE64,
    /** For it CR alone ends a line, for us it is an octet. */
    CR_OR_LF_ALONE,
    /** Its MIME parser skips a line that is no field; for our splitter the body begins there. */
    NO_FIELD,
    /** Our splitter drops blanks before a colon, which simple should see. */
    BLANK_BEFORE_COLON,
    /** It keeps the blanks of a last line without line end (RFC 6376 §3.4.4 takes them off). */
    BLANKS_AT_THE_END,
    NONE;

    static Reason of(String message) {
      String[] parts = message.split("\r\n\r\n", 2);
      if (TestMail.of(message).results(DNS).contains("permerror: tag b= is not base64")) {
        return BASE64;
      }
      if (message.replace("\r\n", "").matches("(?s).*[\r\n].*")) {
        return CR_OR_LF_ALONE;
      }
      if (!parts[0].matches("[^\\s:]+:.*(\r\n([^\\s:]+[ \t]*:|[ \t]+\\S).*)+")) {
        return NO_FIELD;
      }
      if (parts[0].matches("(?s).*\n(From|To|Subject)[ \t]+:.*")) {
        return BLANK_BEFORE_COLON;
      }
      return message.matches("(?s).*\n[ \t]+") ? BLANKS_AT_THE_END : NONE;
    }
  }

  @Test
  void bothJudgeDamagedMessagesAlike() throws Exception {
    List<String> differences = new ArrayList<>();
    int accepted = 0;
    for (int round = 0; round < 500; round++) {
      String forms = FORMS.get(random.nextInt(4));
      String letter = letter();
      String damaged = damaged(round % 2 == 0 ? weSign(letter, forms) : jdkimSigns(letter, forms));
      boolean ours = weAccept(damaged);
      accepted += ours ? 1 : 0;
      if (ours != jdkimAccepts(damaged) && Reason.of(damaged) == Reason.NONE) {
        differences.add(TestMail.of(damaged).results(DNS) + "\n" + damaged);
      }
    }
    assertThat(differences).isEmpty();
    assertThat(accepted).isBetween(30, 470);
  }

  private String damaged(String message) {
    int at = random.nextInt(message.length());
    String inserted = List.of(" ", "\t", "x", "\r\n", ";", "=", ":").get(random.nextInt(7));
    return switch (random.nextInt(3)) {
      case 0 -> message.substring(0, at) + inserted + message.substring(at);
      case 1 -> message.substring(0, at) + inserted + message.substring(at + 1);
      default -> message.substring(0, at) + message.substring(at + 1);
    };
  }
}
