package dev.backstop.bench;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.auth.dkim.DkimOutcome;
import dev.backstop.auth.dkim.DkimSigner;
import dev.backstop.auth.dkim.DkimSigning;
import dev.backstop.auth.dkim.DkimVerification;
import dev.backstop.auth.dkim.DkimVerifier;
import dev.backstop.auth.dkim.HeaderOutcome;
import dev.backstop.auth.dkim.KeyAnswer;
import dev.backstop.auth.dkim.KeyRecordParser;
import dev.backstop.auth.dkim.KeySource;
import dev.backstop.auth.dkim.Limits;
import dev.backstop.auth.dkim.SigningKey;
import dev.backstop.auth.dkim.SigningResult;
import dev.backstop.dns.DnsName;
import dev.backstop.mail.message.HeaderField;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Signing and verifying one message, whose body comes in pieces of a milter's size. The key record
 * is parsed each time, as after an answer from a resolver's cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DkimBenchmark {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** What a mail server sends in one packet of a body. */
  private static final int PIECE = 65_535;

  @Param({"RSA_SHA256", "ED25519_SHA256"})
  @SuppressWarnings("NullAway.Init")
  Algorithm algorithm;

  /** Octets of the body: text of 4 kB, or an attachment. */
  @Param({"4096", "1048576"})
  int size;

  private final DkimVerifier verifier = new DkimVerifier(Limits.DEFAULT);

  @SuppressWarnings("NullAway.Init")
  private DkimSigner signer;

  private List<HeaderField> header = List.of();
  private List<HeaderField> signed = List.of();
  private byte[] body = {};

  @SuppressWarnings("NullAway.Init")
  private KeySource keys;

  @Setup
  public void makeMail() throws GeneralSecurityException {
    SigningKey key = key();
    List<String> records = List.of(key.record());
    keys = _ -> KeyRecordParser.parse(records);
    signer = new DkimSigner(List.of(key), Optional.empty());
    header = header();
    body = size > 10_000 ? attachment() : text();
    signed = new ArrayList<>(header);
    signed.addAll(
        0,
        switch (sign()) {
          case SigningResult.Signed done -> done.fields();
          case SigningResult.Refused refused -> throw new IllegalStateException(refused.reason());
        });
    if (!verify().getFirst().passed()
        || !(keys.find(key.recordName()) instanceof KeyAnswer.Found)) {
      throw new IllegalStateException("the message does not verify");
    }
  }

  private SigningKey key() throws GeneralSecurityException {
    KeyPairGenerator generator =
        switch (algorithm) {
          case RSA_SHA256 -> KeyPairGenerator.getInstance("RSA");
          case ED25519_SHA256 -> KeyPairGenerator.getInstance("Ed25519");
        };
    if (algorithm == Algorithm.RSA_SHA256) {
      generator.initialize(2048);
    }
    KeyPair pair = generator.generateKeyPair();
    DnsName domain = DnsName.of("example.com");
    return new SigningKey(domain, "sel2026", algorithm, pair.getPrivate(), pair.getPublic());
  }

  private static List<HeaderField> header() {
    String[] fields = {
      "Received",
          " from mail.example.com (mail.example.com [192.0.2.1])\r\n\tby mx.example.net"
              + " with ESMTPS id 4X1abcdef for <b@example.net>;\r\n\tSun, 1 Mar 2026 11:59:00 +0000",
      "From", " \"Anna Smith\" <anna.smith@example.com>",
      "To", " Bob Brown <bob.brown@example.net>,\r\n\tCarol <carol@example.org>",
      "Subject", " Re: the figures of the last quarter, with remarks",
      "Date", " Sun, 1 Mar 2026 11:58:59 +0000",
      "Message-ID", " <0123456789abcdef0123456789abcdef@mail.example.com>",
      "In-Reply-To", " <fedcba9876543210fedcba9876543210@mail.example.net>",
      "References", " <fedcba9876543210fedcba9876543210@mail.example.net>",
      "MIME-Version", " 1.0",
      "Content-Type", " text/plain; charset=utf-8; format=flowed",
      "Content-Transfer-Encoding", " 8bit",
      "User-Agent", " Any Mailer 1.0",
      "X-Spam-Status", " No, score=-1.0",
    };
    List<HeaderField> header = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      byte[] value = fields[i + 1].getBytes(StandardCharsets.ISO_8859_1);
      header.add(new HeaderField(fields[i], value));
    }
    return header;
  }

  /** Words in lines, some with two blanks or one at their end. */
  private byte[] text() {
    var random = new Random(1);
    var text = new StringBuilder(size + 80);
    int column = 0;
    while (text.length() < size) {
      String word =
          "abcdefghijklm".substring(random.nextInt(8)) + (random.nextInt(12) == 0 ? ". " : "");
      text.append(word).append(' ');
      column += word.length() + 1;
      if (column > 70) {
        text.append(random.nextInt(10) == 0 ? "\r\n\r\n" : "\r\n");
        column = 0;
      }
    }
    return text.substring(0, size).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Base64 in lines of 76. */
  private byte[] attachment() {
    byte[] lines = new byte[size];
    var random = new Random(1);
    for (int i = 0; i < size; i++) {
      int column = i % 78;
      lines[i] = (byte) (column == 76 ? '\r' : column == 77 ? '\n' : 'A' + random.nextInt(26));
    }
    return lines;
  }

  @Benchmark
  public SigningResult sign() {
    DkimSigning signing = signer.begin(header);
    for (int at = 0; at < body.length; at += PIECE) {
      signing.body(body, at, Math.min(PIECE, body.length - at));
    }
    return signing.finish(NOW);
  }

  @Benchmark
  public List<DkimOutcome> verify() {
    DkimVerification verification = verifier.begin(signed);
    for (int at = 0; at < body.length; at += PIECE) {
      verification.body(body, at, Math.min(PIECE, body.length - at));
    }
    return verification.finish(keys, NOW);
  }

  @Benchmark
  public List<HeaderOutcome> verifyHeader() {
    return verifier.verifyHeader(signed, keys);
  }
}
