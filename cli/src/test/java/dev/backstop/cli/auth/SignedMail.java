package dev.backstop.cli.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.auth.dkim.DkimSigner;
import dev.backstop.auth.dkim.SigningKey;
import dev.backstop.auth.dkim.SigningResult;
import dev.backstop.dns.DnsName;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.RawMessage;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes messages with a DKIM signature. */
final class SignedMail {
  static final String HEADER =
      """
      From: Alice <alice@example.com>
      To: bob@example.net
      Subject: Hello
      Date: Sat, 28 Nov 2026 10:00:00 +0000
      Message-ID: <1@example.com>
      """;
  static final String BODY = "Good morning.\n";

  private SignedMail() {}

  static SigningKey key(String domain) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new SigningKey(
          DnsName.of(domain), "s1", Algorithm.ED25519_SHA256, pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The field DKIM-Signature with its line end. */
  static String signature(SigningKey key, String header, String body, Instant now) {
    byte[] bytes = (header + "\n" + body).getBytes(UTF_8);
    RawMessage message = MessageSplitter.split(bytes, bytes.length, false);
    var signing = new DkimSigner(List.of(key), Optional.empty()).begin(message.header());
    signing.body(message.body().bytes(), 0, message.body().length());
    return switch (signing.finish(now)) {
      case SigningResult.Signed(List<HeaderField> fields) -> {
        HeaderField field = fields.getFirst();
        String value = new String(field.value(), ISO_8859_1).replace("\r\n", "\n");
        yield field.name() + ":" + value + "\n";
      }
      case SigningResult.Refused(String reason) -> throw new AssertionError(reason);
    };
  }
}
