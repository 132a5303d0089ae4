package dev.backstop.bounce.proof;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.auth.dkim.DkimSigner;
import dev.backstop.auth.dkim.DkimSigning;
import dev.backstop.auth.dkim.KeyRecord;
import dev.backstop.auth.dkim.OwnKeys;
import dev.backstop.auth.dkim.SigningKey;
import dev.backstop.auth.dkim.SigningResult;
import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.MessageReader;
import dev.backstop.dns.DnsName;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.RawMessage;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Mail that we signed, and answers that return its header. Texts have a character for each octet.
 */
final class SignedMail {
  static final Instant SENT = Instant.parse("2026-03-01T12:00:00Z");
  static final DnsName OURS = DnsName.of("ours.example");
  static final SigningKey RSA = key("r", "RSA", Algorithm.RSA_SHA256);
  static final SigningKey ED25519 = key("e", "Ed25519", Algorithm.ED25519_SHA256);

  static final String LETTER =
      """
      From: Anna Berg <anna@ours.example>
      To: Bob <bob@far.example>, carol@far.example
      Cc: dave@elsewhere.example
      Subject: Minutes of the meeting
       on Sunday, with the list of all that was decided
      Date: Sun, 1 Mar 2026 11:59:00 +0000
      Message-ID: <1@ours.example>
      MIME-Version: 1.0
      Content-Type: text/plain; charset=utf-8
      User-Agent: Letter 1.0
      """;

  private SignedMail() {}

  private static SigningKey key(String selector, String type, Algorithm algorithm) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(type).generateKeyPair();
      return new SigningKey(OURS, selector, algorithm, pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static OwnKeys keys(SigningKey... keys) {
    return new OwnKeys(
        List.of(keys).stream()
            .collect(
                Collectors.toMap(
                    SigningKey::recordName,
                    key -> List.of(KeyRecord.of(key.algorithm(), key.publicKey())))));
  }

  static DkimProof proof() {
    Instant since = Instant.parse("2026-01-01T00:00:00Z");
    return new DkimProof(keys(RSA, ED25519), Map.of(OURS, since), DkimProof.LIFETIME);
  }

  /** The header as it leaves, with LF line ends: signatures on top, then the letter. */
  static String signed(String letter, SigningKey... keys) {
    byte[] bytes = (letter + "\n").getBytes(StandardCharsets.ISO_8859_1);
    RawMessage message = MessageSplitter.split(bytes, bytes.length, false);
    DkimSigning signing = new DkimSigner(List.of(keys), Optional.empty()).begin(message.header());
    if (!(signing.finish(SENT) instanceof SigningResult.Signed signed)) {
      throw new AssertionError("not signed");
    }
    String signatures =
        signed.fields().stream().map(SignedMail::text).collect(Collectors.joining());
    return signatures + letter;
  }

  private static String text(HeaderField field) {
    String value = new String(field.value(), StandardCharsets.ISO_8859_1);
    return field.name() + ":" + value.replace("\r\n", "\n") + "\n";
  }

  /** A bounce of the standards about one recipient. */
  static AutomaticMail bounce(String recipient, String header) {
    return bounce(recipient, "text/rfc822-headers", header);
  }

  static AutomaticMail bounce(String recipient, String type, String part) {
    return read(
        """
        From: MAILER-DAEMON@mx.other.example
        Subject: Undelivered Mail
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b

        It failed.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.other.example

        Final-Recipient: rfc822; %s
        Action: failed
        Status: 5.1.1

        --b
        Content-Type: %s

        %s
        --b--
        """
            .formatted(recipient, type, part));
  }

  /** A bounce in plain words with a copy. */
  static AutomaticMail plain(String recipient, String copy) {
    return read(
        """
        From: MAILER-DAEMON@mx.other.example
        Subject: failure notice

        Hi. This is the qmail-send program at mx.other.example.
        I'm afraid I wasn't able to deliver your message to the following addresses.

        <%s>:
        Sorry, no mailbox here by that name. (#5.1.1)

        --- Below this line is a copy of the message.

        %s
        """
            .formatted(recipient, copy));
  }

  static AutomaticMail read(String message) {
    return MessageReader.read(message.getBytes(StandardCharsets.ISO_8859_1));
  }
}
