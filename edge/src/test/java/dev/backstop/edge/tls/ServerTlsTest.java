package dev.backstop.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.testkit.tls.TestCertificate;
import dev.backstop.testkit.tls.TestCertificate.Kind;
import dev.backstop.testkit.tls.TestCertificate.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTlsTest {
  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static TestCertificate certificate(Kind kind) {
    return TestCertificate.selfSigned(Subject.of("mx.ours.test", kind));
  }

  /** What PKCS#8 wraps: its last element, an OCTET STRING. */
  private static byte[] bareKey(TestCertificate certificate) {
    byte[] pkcs8 = certificate.keys().getPrivate().getEncoded();
    int header = certificate.keys().getPrivate().getAlgorithm().equals("EC") ? 28 : 26;
    return Arrays.copyOfRange(pkcs8, header, pkcs8.length);
  }

  @ParameterizedTest
  @CsvSource({"EC, EC PRIVATE KEY", "RSA, RSA PRIVATE KEY"})
  void keysWithoutTheirAlgorithmAreRead(Kind kind, String label) throws Exception {
    TestCertificate own = certificate(kind);
    String parameters =
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    Path key = file("bare.key", parameters + TestCertificate.pem(label, bareKey(own)));
    ServerTls tls = ServerTls.load(own.writeChain(folder, "own"), key);
    assertThat(tls.own()).isEqualTo(own.certificate());
    assertThat(tls.engine().getUseClientMode()).isFalse();
    assertThat(tls.engine().getWantClientAuth()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"EC", "RSA"})
  void oneFileMayHoldBoth(Kind kind) throws Exception {
    TestCertificate own = certificate(kind);
    Path both = file("both.pem", "Our key\r\n" + own.keyPem() + own.chainPem());
    assertThat(ServerTls.load(both, both).own()).isEqualTo(own.certificate());
  }

  @Test
  void ed25519CanBeUsed() throws Exception {
    var other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path key = file("ed.key", TestCertificate.pem("PRIVATE KEY", other.getPrivate().getEncoded()));
    assertThat(KeyText.read(key, other.getPublic())).isEqualTo(other.getPrivate());
  }

  @Test
  void whatCannotBeUsedIsTold() throws Exception {
    TestCertificate own = certificate(Kind.EC);
    TestCertificate rsa = certificate(Kind.RSA);
    Path chain = own.writeChain(folder, "own");
    Path key = own.writeKey(folder, "own");
    refused(folder.resolve("none.pem"), key, "there is no file");
    refused(folder, key, "cannot read");
    refused(chain, folder.resolve("none.key"), "there is no file");
    refused(key, key, "no certificate");
    refused(chain, chain, "no private key");
    refused(chain, certificate(Kind.EC).writeKey(folder, "other"), "does not belong");
    refused(chain, rsa.writeKey(folder, "rsa"), "no private key of the certificate's kind, EC");
    refused(chain, file("bare", TestCertificate.pem("RSA PRIVATE KEY", bareKey(rsa))), "kind RSA");
    refused(chain, file("dsa", TestCertificate.pem("DSA PRIVATE KEY", new byte[9])), "kind DSA");
    refused(chain, file("cut", own.keyPem().substring(0, 60)), "cut off");
    refused(chain, file("odd", own.keyPem().replace("M", "*")), "damaged");
    refused(
        chain, file("junk", TestCertificate.pem("PRIVATE KEY", new byte[50])), "no private key");
    refused(chain, file("junk", TestCertificate.pem("EC PRIVATE KEY", new byte[9])), "no private");
    refused(file("junk", TestCertificate.pem("CERTIFICATE", new byte[50])), key, "damaged");
    refused(file("large", "-".repeat((4 << 20) + 1)), key, "larger");
  }

  private static void refused(Path certificate, Path key, String why) {
    assertThatThrownBy(() -> ServerTls.load(certificate, key))
        .isInstanceOf(UnusableCertificateException.class)
        .hasMessageContaining(why);
  }

  /** Found by fuzzing: the dashes of the label were taken for those of the end, too. */
  @Test
  void dashesAreNotUsedTwice() throws Exception {
    Path key = certificate(Kind.EC).writeKey(folder, "own");
    refused(file("1", "-----BEGIN CERTIFICATE-----END CERTIFICATE-----\n"), key, "cut off");
    refused(file("2", "-----BEGIN CERTIFICATE----------END CERTIFICATE-----\n"), key, "damaged");
  }

  @Test
  void encryptedKeysAreRefusedWithTheWayToDecryptThem() throws Exception {
    TestCertificate own = certificate(Kind.EC);
    Path chain = own.writeChain(folder, "own");
    Path first = file("1", TestCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[50]));
    refused(chain, first, "openssl pkey -in");
    String old = TestCertificate.pem("EC PRIVATE KEY", bareKey(own));
    String headers = "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n";
    Path second = file("2", old.replaceFirst("KEY-----\n", headers));
    refused(chain, second, "encrypted with a passphrase");
  }

  @Test
  void chainHasToBeInOrder() throws Exception {
    TestCertificate root = TestCertificate.authority("Root");
    TestCertificate middle = root.issueAuthority("Middle");
    TestCertificate own = middle.issue(Subject.of("mx.ours.test", Kind.EC));
    Path key = own.writeKey(folder, "own");
    Path right = file("right", own.pem() + middle.pem() + root.pem());
    assertThat(ServerTls.load(right, key).own()).isEqualTo(own.certificate());
    refused(file("wrong", own.pem() + root.pem() + middle.pem()), key, "not in order");
    refused(file("first", middle.pem() + root.pem()), key, "does not belong");
    refused(file("long", own.pem() + root.pem().repeat(10)), key, "more than 10");
  }

  @Test
  void weakKeysAreRefused() throws Exception {
    TestCertificate own = TestCertificate.selfSigned(Subject.weak("mx.ours.test"));
    refused(own.writeChain(folder, "own"), own.writeKey(folder, "own"), "1024 bits");
  }

  @Test
  void reloadTakesNewFilesAndKeepsTheOldWhenTheyAreBroken() throws Exception {
    TestCertificate first = certificate(Kind.EC);
    TestCertificate second = certificate(Kind.EC);
    Path chain = first.writeChain(folder, "own");
    Path key = first.writeKey(folder, "own");
    ServerTls tls = ServerTls.load(chain, key);
    assertThat(tls.changed()).isFalse();

    second.writeChain(folder, "own");
    later(chain, 10);
    assertThat(tls.changed()).isTrue();
    assertThatThrownBy(tls::reload)
        .isInstanceOf(UnusableCertificateException.class)
        .hasMessageContaining("does not belong");
    assertThat(tls.own()).isEqualTo(first.certificate());
    assertThat(tls.changed()).isFalse();

    second.writeKey(folder, "own");
    later(key, 20);
    assertThat(tls.changed()).isTrue();
    tls.reload();
    assertThat(tls.own()).isEqualTo(second.certificate());
    assertThat(tls.changed()).isFalse();
    Files.delete(key);
    assertThat(tls.changed()).isTrue();
  }

  private static void later(Path file, int seconds) throws IOException {
    long now = Files.getLastModifiedTime(file).toMillis();
    Files.setLastModifiedTime(file, FileTime.fromMillis(now + seconds * 1000L));
  }

  @Test
  void keyThatEverybodyMayReadIsTold() throws Exception {
    TestCertificate own = certificate(Kind.EC);
    Path key = own.writeKey(folder, "own");
    ServerTls tls = ServerTls.load(own.writeChain(folder, "own"), key);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(tls.exposure()).hasValueSatisfying(text -> assertThat(text).contains("chmod o-rwx"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(tls.exposure()).isEmpty();
  }
}
