package dev.backstop.server.keys.dkim;

import static dev.backstop.server.keys.dkim.Samples.ED25519;
import static dev.backstop.server.keys.dkim.Samples.RSA;
import static dev.backstop.server.keys.dkim.Samples.base64;
import static dev.backstop.server.keys.dkim.Samples.pem;
import static dev.backstop.server.keys.dkim.Samples.pkcs1;
import static dev.backstop.server.keys.dkim.Samples.point;
import static dev.backstop.server.keys.dkim.Samples.seed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PrivateKeyTextTest {
  private static final Path OPENSSL = Path.of("/usr/bin/openssl");

  static Stream<Arguments> whatProgramsWrite() {
    byte[] rsa = RSA.privateKey().getEncoded();
    byte[] pkcs1 = pkcs1(RSA.privateKey());
    byte[] ed25519 = ED25519.privateKey().getEncoded();
    byte[] seed = seed(ED25519.privateKey());
    byte[] both = join(seed, point(ED25519));
    String record = "dkim._domainkey IN TXT ( \"v=DKIM1; k=rsa;\" \n\t\"p=MIGf\" ) ;\n";
    return Stream.of(
        // OpenSSL of today, opendkim-genkey on it
        arguments("PKCS#8", pem("PRIVATE KEY", rsa), RSA),
        arguments("Ed25519", pem("PRIVATE KEY", ed25519), ED25519),
        // OpenSSL before 3, opendkim-genkey on it, ssh-keygen -m PEM
        arguments("PKCS#1", pem("RSA PRIVATE KEY", pkcs1), RSA),
        // edited, copied, concatenated
        arguments("CRLF", pem("PRIVATE KEY", rsa).replace("\n", "\r\n"), RSA),
        arguments("text before", "Private-Key: (1024 bit)\n" + pem("PRIVATE KEY", rsa), RSA),
        arguments("no last line end", pem("PRIVATE KEY", rsa).strip(), RSA),
        arguments("one line", pem("PRIVATE KEY", rsa).replace('\n', ' '), RSA),
        arguments("public first", pem("PUBLIC KEY", new byte[9]) + pem("PRIVATE KEY", rsa), RSA),
        arguments("end is lost", pem("PRIVATE KEY", rsa).split("-----END", 2)[0], RSA),
        // rspamadm dkim_keygen with its output redirected: the record stands below
        arguments("rspamadm", pem("RSA PRIVATE KEY", pkcs1) + record, RSA),
        arguments("rspamadm -t ed25519-seed", base64(seed), ED25519),
        arguments("rspamadm -t ed25519", base64(both) + "\n", ED25519),
        arguments("rspamadm -t ed25519 > file", base64(both) + "\n" + record, ED25519),
        // KeyTable of OpenDKIM, keys of Rspamd in Redis
        arguments("bare base64", base64(rsa), RSA),
        arguments("bare base64 of PKCS#1", base64(pkcs1), RSA));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whatProgramsWrite")
  void whatProgramsWriteIsRead(String what, String text, DkimKeyPair expected) throws Exception {
    DkimKeyPair read = PrivateKeyText.parse(text.getBytes(StandardCharsets.US_ASCII));

    assertThat(read.algorithm()).isEqualTo(expected.algorithm());
    assertThat(read.publicKey()).as(what).isEqualTo(expected.publicKey());
    assertThat(read.privateKey()).isEqualTo(expected.privateKey());
  }

  @Test
  void octetsAreReadAsTheyAre() throws Exception {
    byte[] seed = seed(ED25519.privateKey());
    for (byte[] file : List.of(seed, join(seed, point(ED25519)))) {
      assertThat(PrivateKeyText.parse(file)).isEqualTo(ED25519);
    }
    for (byte[] file : List.of(RSA.privateKey().getEncoded(), pkcs1(RSA.privateKey()))) {
      assertThat(PrivateKeyText.parse(file)).isEqualTo(RSA);
    }
  }

  static Stream<Arguments> whatIsNoKey() throws Exception {
    byte[] rsa = RSA.privateKey().getEncoded();
    byte[] curve = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded();
    KeyPairGenerator small = KeyPairGenerator.getInstance("RSA");
    small.initialize(512);
    byte[] weak = small.generateKeyPair().getPrivate().getEncoded();
    String encrypted = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA";
    byte[] damaged = rsa.clone();
    damaged[rsa.length - 5] ^= 1;
    byte[] cut = new byte[100];
    System.arraycopy(rsa, 0, cut, 0, 100);
    return Stream.of(
        // a passphrase, as PKCS#8 and as PKCS#1 say it
        arguments(pem("ENCRYPTED PRIVATE KEY", rsa), "openssl pkey -in FILE -out PLAIN-FILE"),
        arguments("-----BEGIN RSA PRIVATE KEY-----\n" + encrypted, "encrypted with a passphrase"),
        // the wrong file
        arguments(pem("PUBLIC KEY", RSA.publicKey().getEncoded()), "no private key but a PUBLIC"),
        arguments(pem("CERTIFICATE\u001b[31m", rsa), "no private key but a CERTIFICATE?[31m"),
        arguments("-----BEGIN nothing", "no private key"),
        arguments(pem("OPENSSH PRIVATE KEY", rsa), "of the kind OPENSSH PRIVATE KEY"),
        arguments("", "not a private key"),
        arguments("v=DKIM1; k=rsa; p=MIGfMA0GCSq", "not a private key"),
        // the wrong kind
        arguments(pem("PRIVATE KEY", curve), "not a private key, neither RSA nor Ed25519"),
        arguments(pem("PRIVATE KEY", weak), "RSA key of 512 bits; 1024 to 8192"),
        // damage
        arguments(pem("PRIVATE KEY", rsa).replace("M", "*"), "BEGIN PRIVATE KEY is damaged"),
        arguments(pem("PRIVATE KEY", damaged), "what it signs does not verify"),
        arguments(pem("PRIVATE KEY", cut), "not a private key"),
        arguments(
            base64(join(seed(ED25519.privateKey()), new byte[32])),
            "public half does not belong to its private half"),
        arguments("A".repeat(70_000), "larger than any key"));
  }

  @ParameterizedTest
  @MethodSource("whatIsNoKey")
  void whatIsNoKeyIsRefusedInWords(String text, String reason) {
    assertThatThrownBy(() -> PrivateKeyText.parse(text.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(NotAKeyException.class)
        .hasMessageContaining(reason);
  }

  /** An outside judge, where there is one. */
  @ParameterizedTest
  @CsvSource({
    "genrsa 2048, RSA 2048",
    "genrsa -traditional 1024, RSA 1024",
    "genpkey -algorithm ed25519, Ed25519",
  })
  void keysOfOpensslAreRead(String command, String strength, @TempDir Path folder)
      throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(OPENSSL), "no openssl here");
    Path secret = folder.resolve("secret.pem");
    Path shown = folder.resolve("shown.der");
    openssl(command.replaceFirst(" ", " -out " + secret + " "));
    openssl("pkey -in " + secret + " -pubout -outform DER -out " + shown);

    DkimKeyPair pair = PrivateKeyText.parse(Files.readAllBytes(secret));

    assertThat(DkimKeyPair.strength(pair.publicKey())).isEqualTo(strength);
    assertThat(pair.publicKey().getEncoded()).isEqualTo(Files.readAllBytes(shown));
    for (String way : List.of("pkcs8 -topk8", "pkey -aes256")) {
      openssl(way + " -passout pass:x -in " + secret + " -out " + folder.resolve("locked.pem"));
      byte[] locked = Files.readAllBytes(folder.resolve("locked.pem"));
      assertThatThrownBy(() -> PrivateKeyText.parse(locked)).hasMessageContaining("passphrase");
    }
  }

  @Test
  void noSecretIsInTheTextForms() {
    assertThat(RSA.toString()).isEqualTo("DkimKeyPair[RSA 1024]");
    assertThat(ED25519.toString()).isEqualTo("DkimKeyPair[Ed25519]");
  }

  private static void openssl(String arguments) throws Exception {
    String[] command = (OPENSSL + " " + arguments).split(" ");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static byte[] join(byte[] first, byte[] second) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
