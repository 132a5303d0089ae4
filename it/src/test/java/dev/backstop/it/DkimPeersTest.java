package dev.backstop.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.auth.dkim.DkimOutcome;
import dev.backstop.auth.dkim.DkimResult;
import dev.backstop.auth.dkim.DkimSigner;
import dev.backstop.auth.dkim.DkimVerifier;
import dev.backstop.auth.dkim.DnsKeys;
import dev.backstop.auth.dkim.HeaderOutcome;
import dev.backstop.auth.dkim.Limits;
import dev.backstop.auth.dkim.SigningKey;
import dev.backstop.auth.dkim.SigningResult;
import dev.backstop.dns.DnsName;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.testkit.dns.FakeResolver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenDKIM and dkimpy sign verifies here, and what we sign verifies there. */
@RequiresDkimPeers
@SuppressWarnings("NullAway.Init") // set before all tests
class DkimPeersTest {
  private static final String[] CANONICALIZATIONS = {
    "relaxed/relaxed", "relaxed/simple", "simple/relaxed", "simple/simple"
  };

  /** Each has something that canonicalization or a parser can stumble over. */
  private static final List<String> MESSAGES =
      List.of(
          letter("Subject: plain", "Hello\r\n"),
          letter("Subject: no body", ""),
          letter("Subject: blank lines at the end", "Hello\r\n\r\n\r\n\r\n"),
          letter("Subject: blanks  \t in \t lines ", "one  two\t \tthree  \r\n\t \r\nfour \r\n"),
          letter("Subject: folded\r\n\there and\r\n  there", "Hello\r\n"),
          letter("Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nX-Raw: Gr\u00fc\u00dfe", "\u00e4\r\n"),
          letter("Subject: a dot\r\nTo: b@x.test,\r\n c@x.test", ".\r\n..\r\nx\r\n"),
          letter("Subject: no line end", "last line without its end"),
          letter("Subject: large", "0123456789abcdef\r\n".repeat(40_000)));

  private static KeyPair rsa;
  private static KeyPair ed25519;
  private static FakeResolver names;

  @TempDir static Path folder;

  @BeforeAll
  static void keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    rsa = generator.generateKeyPair();
    ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    names = new FakeResolver();
    var records = new StringBuilder();
    for (SigningKey key : List.of(rsaKey(), ed25519Key())) {
      names.txt(key.recordName().text(), key.record());
      records.append(key.recordName()).append(' ').append(key.record()).append('\n');
    }
    Files.writeString(folder.resolve("records"), records);
    Files.writeString(folder.resolve("rsa.pem"), pem(rsa.getPrivate().getEncoded()));
    Files.writeString(folder.resolve("ed25519.key"), seed());
    Shell.run("chmod", "600", folder.resolve("rsa.pem").toString());
  }

  static Stream<Arguments> messagesAndForms() {
    return MESSAGES.stream()
        .flatMap(message -> Arrays.stream(CANONICALIZATIONS).map(c -> Arguments.of(message, c)));
  }

  /** OpenDKIM does not sign a body whose last line has no end. */
  static Stream<Arguments> messagesAndFormsOfOpenDkim() {
    return messagesAndForms().filter(arguments -> ((String) arguments.get()[0]).endsWith("\r\n"));
  }

  @ParameterizedTest
  @MethodSource("messagesAndFormsOfOpenDkim")
  void whatOpenDkimSignsVerifies(String message, String canonicalization) throws Exception {
    check(message, openDkimSigns(message, canonicalization), true);
  }

  @ParameterizedTest
  @MethodSource("messagesAndForms")
  void whatDkimpySignsVerifies(String message, String canonicalization) throws Exception {
    check(message, dkimpySigns("rsa-sha256", "r", "rsa.pem", message, canonicalization), false);
    check(
        message,
        dkimpySigns("ed25519-sha256", "e", "ed25519.key", message, canonicalization),
        false);
  }

  /**
   * It verifies; by its header alone; not with one signed field changed; and still with a trace
   * field on top.
   */
  private static void check(String message, String signed, boolean signature) throws Exception {
    String whole = signature ? signed + message : signed;
    assertThat(verify(whole)).containsExactly(DkimResult.PASS);
    assertThat(verify("Received: from x by y; now\r\n" + whole)).containsExactly(DkimResult.PASS);
    assertThat(verifyHeader(whole)).allMatch(HeaderOutcome.Holds.class::isInstance).hasSize(1);
    String changed = whole.replaceFirst("From: Anna", "From: Eve");
    assertThat(verify(changed)).containsExactly(DkimResult.FAIL);
    assertThat(verifyHeader(changed)).allMatch(HeaderOutcome.Broken.class::isInstance).hasSize(1);
    assertThat(verify(whole + "P.S.: more\r\n")).containsExactly(DkimResult.FAIL);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatWeSignVerifiesThere(String message) throws Exception {
    String signed = weSign(message, rsaKey(), ed25519Key()) + message;
    Path file = write(signed);
    assertThat(dkimpyVerifies(file)).containsExactly("pass", "pass");
    if (message.endsWith("\r\n")) { // else OpenDKIM takes it for unsigned
      // OpenDKIM 2.11 knows no Ed25519: it counts the signature that it can read
      assertThat(openDkimVerifies(write(weSign(message, rsaKey()) + message)))
          .contains("dkim=pass (2048-bit key)");
    }
    assertThat(verify(signed)).containsExactly(DkimResult.PASS, DkimResult.PASS);
  }

  static List<String> messages() {
    return MESSAGES;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Subject: other", "Reply-To: eve@evil.test", "From: eve@evil.test"})
  void aFieldAddedOnTopBreaksOurSignatureThereToo(String field) throws Exception {
    String message = MESSAGES.getFirst();
    String attacked = field + "\r\n" + weSign(message, rsaKey(), ed25519Key()) + message;
    assertThat(verify(attacked)).containsOnly(DkimResult.FAIL);
    assertThat(dkimpyVerifies(write(attacked))).noneMatch("pass"::equals);
  }

  @Test
  void theSignatureOfTheOtherStaysGoodBelowOurs() throws Exception {
    String message = MESSAGES.get(3);
    String theirs = openDkimSigns(message, "relaxed/relaxed");
    String both = weSign(theirs + message, ed25519Key()) + theirs + message;
    assertThat(verify(both)).containsExactly(DkimResult.PASS, DkimResult.PASS);
    assertThat(dkimpyVerifies(write(both))).containsExactly("pass", "pass");
  }

  private static List<DkimResult> verify(String message) {
    RawMessage split = split(message);
    var verification = new DkimVerifier(Limits.DEFAULT).begin(split.header());
    verification.body(split.body().bytes(), 0, split.body().length());
    return verification.finish(new DnsKeys(names), Instant.now()).stream()
        .map(DkimOutcome::result)
        .toList();
  }

  private static List<HeaderOutcome> verifyHeader(String message) {
    return new DkimVerifier(Limits.DEFAULT)
        .verifyHeader(split(message).header(), new DnsKeys(names));
  }

  private static String weSign(String message, SigningKey... keys) {
    RawMessage split = split(message);
    var signing = new DkimSigner(List.of(keys), Optional.empty()).begin(split.header());
    signing.body(split.body().bytes(), 0, split.body().length());
    return switch (signing.finish(Instant.now())) {
      case SigningResult.Refused refused -> throw new AssertionError(refused.reason());
      case SigningResult.Signed signed -> {
        var fields = new StringBuilder();
        for (HeaderField field : signed.fields()) {
          fields.append(field.name()).append(':');
          fields.append(new String(field.value(), StandardCharsets.ISO_8859_1)).append("\r\n");
        }
        yield fields.toString();
      }
    };
  }

  private static RawMessage split(String message) {
    byte[] octets = message.getBytes(StandardCharsets.ISO_8859_1);
    return MessageSplitter.split(octets, octets.length, false);
  }

  /** The field that it would put on top. */
  private static String openDkimSigns(String message, String canonicalization) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("sign.conf"),
            """
            Mode s
            Domain ours.test
            Selector r
            KeyFile %s
            Canonicalization %s
            RequireSafeKeys no
            """
                .formatted(folder.resolve("rsa.pem"), canonicalization));
    String printed = openDkim(config, write(message));
    String start = "hname='DKIM-Signature' hvalue='";
    int from = printed.indexOf(start) + start.length();
    assertThat(from).as(printed).isGreaterThan(start.length());
    String value = printed.substring(from, printed.indexOf('\'', from));
    return "DKIM-Signature: " + value.replace("\n", "\r\n") + "\r\n";
  }

  private static String openDkimVerifies(Path message) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("verify.conf"),
            "Mode v\nTestDNSData " + folder.resolve("records") + "\n");
    return openDkim(config, message);
  }

  private static String openDkim(Path config, Path message) {
    return Shell.run(
        "/usr/sbin/opendkim", "-x", config.toString(), "-t", message.toString(), "-vvv");
  }

  /** The whole message with its signature on top. */
  private static String dkimpySigns(
      String algorithm, String selector, String key, String message, String canonicalization)
      throws IOException {
    Path file = write(message);
    Path signed = Files.createTempFile(folder, "signed", ".eml");
    Shell.run(
        "/bin/sh",
        "-c",
        "exec \"$@\" >'" + signed + "'",
        "sh",
        "/usr/bin/python3",
        script(),
        "sign",
        algorithm,
        canonicalization,
        "ours.test",
        selector,
        folder.resolve(key).toString(),
        file.toString());
    return Files.readString(signed, StandardCharsets.ISO_8859_1);
  }

  private static List<String> dkimpyVerifies(Path message) {
    return Shell.run(
            "/usr/bin/python3",
            script(),
            "verify",
            folder.resolve("records").toString(),
            message.toString())
        .lines()
        .toList();
  }

  private static String script() {
    try {
      return Path.of(Objects.requireNonNull(DkimPeersTest.class.getResource("/dkimpy.py")).toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Path write(String message) throws IOException {
    Path file = Files.createTempFile(folder, "message", ".eml");
    return Files.writeString(file, message, StandardCharsets.ISO_8859_1);
  }

  private static String letter(String fields, String body) {
    return "From: Anna <anna@ours.test>\r\n"
        + fields
        + "\r\nDate: Sat, 28 Nov 2026 03:00:00 +0000\r\nMessage-ID: <1@ours.test>\r\n\r\n"
        + body;
  }

  private static SigningKey rsaKey() {
    return new SigningKey(
        DnsName.of("ours.test"), "r", Algorithm.RSA_SHA256, rsa.getPrivate(), rsa.getPublic());
  }

  private static SigningKey ed25519Key() {
    return new SigningKey(
        DnsName.of("ours.test"),
        "e",
        Algorithm.ED25519_SHA256,
        ed25519.getPrivate(),
        ed25519.getPublic());
  }

  private static String pem(byte[] pkcs8) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8);
    return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
  }

  /** The last 32 octets of a PKCS#8 Ed25519 key (RFC 8410 §7). */
  private static String seed() {
    byte[] pkcs8 = ed25519.getPrivate().getEncoded();
    var seed = new ByteArrayOutputStream();
    seed.write(pkcs8, pkcs8.length - 32, 32);
    return Base64.getEncoder().encodeToString(seed.toByteArray());
  }
}
