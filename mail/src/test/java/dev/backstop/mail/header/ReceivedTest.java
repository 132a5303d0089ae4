package dev.backstop.mail.header;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedTest {

  /** The field, then helo, name, address and by. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '`',
      value = {
        // Postfix
        "from a (b [192.0.2.1]) by mx (Postfix) with ESMTP id 1 | a | b | 192.0.2.1 | mx",
        "from a (unknown [192.0.2.1]) by mx (Postfix) with ESMTP | a | - | 192.0.2.1 | mx",
        "from a (b [IPv6:2001:DB8::1]) (using TLSv1.3) by mx id 1 | a | b | 2001:db8::1 | mx",
        "from [192.0.2.9] (b [192.0.2.1]) by mx | 192.0.2.9 | b | 192.0.2.1 | mx",
        "by mx (Postfix, from userid 0) id 1 | - | - | - | mx",
        // Sendmail
        "from a (b [192.0.2.1] (may be forged)) by mx (8.15/8.15) | a | b | 192.0.2.1 | mx",
        "from a (IDENT:root@b [192.0.2.1]) by mx (8.8.8/8.8.8) | a | b | 192.0.2.1 | mx",
        "from a (user@[192.0.2.1]) by mx (8.8.8/8.8.8) | a | - | 192.0.2.1 | mx",
        "from [192.0.2.9] (b [192.0.2.1]) (authenticated bits=0) by mx | 192.0.2.9 | b | 192.0.2.1"
            + " | mx",
        "(from user@localhost) by mx (8.8.8/8.8.7a) id 1 | - | - | - | mx",
        // Exim
        "from [192.0.2.1] (helo=a) by mx with esmtp (Exim 4.96) | a | - | 192.0.2.1 | mx",
        "from [192.0.2.1] (port=4321 helo=a) by mx with esmtp | a | - | 192.0.2.1 | mx",
        "from b ([192.0.2.1] helo=a) by mx with esmtp | a | b | 192.0.2.1 | mx",
        "from b ([2001:db8::1]:2525 helo=[192.0.2.9]) by mx | 192.0.2.9 | b | 2001:db8::1 | mx",
        "from a ([192.0.2.1]) by mx with smtp (Exim) (envelope-from <x@y>) | a | - | 192.0.2.1 |"
            + " mx",
        // qmail
        "from unknown (HELO a) (192.0.2.1) by mx with SMTP | a | - | 192.0.2.1 | mx",
        "from b (HELO a) (user@192.0.2.1) by mx with SMTP | a | b | 192.0.2.1 | mx",
        "from unknown (192.0.2.1) by mx with SMTP | - | - | 192.0.2.1 | mx",
        "(qmail 1 invoked by uid 0) | - | - | - | -",
        "(qmail 1 invoked from network) | - | - | - | -",
        // Exchange
        "from A.example (192.0.2.1) by B (192.0.2.2) with Microsoft SMTP | A.example | - |"
            + " 192.0.2.1 | B",
        "from a (2001:db8::20) by B with HTTPS via C | a | - | 2001:db8::20 | B",
        // Courier
        "from a ([::ffff:192.0.2.1]) by mx with ESMTP id 0.1 | a | - | 192.0.2.1 | mx",
        // Gmail
        "by 2002:a05:6402:1:b0:1:2:3 with SMTP id a1 | - | - | - | 2002:a05:6402:1:b0:1:2:3",
        "from a (b. [192.0.2.1]) by mx.google.com with ESMTPS id v | a | b | 192.0.2.1 |"
            + " mx.google.com",
        // Haraka, OpenSMTPD, James, Domino, CommuniGate Pro, MDaemon, Momentum, fetchmail
        "from a (Unknown [192.0.2.1]) by mx (Haraka/2.8) with ESMTP | a | - | 192.0.2.1 | mx",
        "from a (b [local]) by mx (OpenSMTPD) with ESMTPA | a | b | - | mx",
        "from 192.0.2.1 (EHLO a) ([192.0.2.1]) by mx (JAMES SMTP Server) | a | - | 192.0.2.1 | mx",
        "from a ([192.0.2.1]) by mx (Lotus Domino Release 8.5) | a | - | 192.0.2.1 | mx",
        "from [192.0.2.1] (account u@x HELO a) by mx (CommuniGate Pro) | a | - | 192.0.2.1 | mx",
        "from 192.0.2.1 by mx with SMTP (MDaemon) | 192.0.2.1 | - | 192.0.2.1 | mx",
        "from [127.0.0.1] ([localhost]) by mx (envelope-from <x@y>) | 127.0.0.1 | - | 127.0.0.1 |"
            + " mx",
        "from a [192.0.2.1] by mx with IMAP (fetchmail) | a | - | 192.0.2.1 | mx",
        "from [192.0.2.1] by mx with HTTP | 192.0.2.1 | - | 192.0.2.1 | mx",
        // odd
        "from ([192.0.2.1]) by mx | - | - | 192.0.2.1 | mx",
        "from a by mx | a | - | - | mx",
        "from a by [192.0.2.2] | a | - | - | 192.0.2.2",
        "FROM a BY mx | a | - | - | mx",
        "from a (HELO | a | - | - | -",
        "from a (b [192.0.2.1] by mx | a | b | 192.0.2.1 | -",
        "from | - | - | - | -",
        "by | - | - | - | -",
      })
  void received(String field, String helo, String name, String address, String by) {
    Received received = new Received(helo, name, address, by);
    assertThat(Received.parse(field)).isEqualTo(received);
    assertThat(Received.parse(field.replace(" by ", "\r\n\tby\t"))).isEqualTo(received);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "by ", " by", "(helo ", "[1.2.3.4]", "1.2.3.4", "from ", "\\", "@"})
  void hostileFields(String unit) {
    assertThat(Received.parse("from " + unit.repeat(1 << 20))).isNotNull();
  }

  @FuzzTest(maxDuration = "60s")
  void readsAnyField(byte[] bytes) {
    Received received = Received.parse(new String(bytes, StandardCharsets.UTF_8));
    assertThat(received.by() == null || !received.by().isEmpty()).isTrue();
    assertThat(received.name() == null || received.name().indexOf(' ') < 0).isTrue();
    assertThat(received.helo() == null || !received.helo().isEmpty()).isTrue();
  }
}
