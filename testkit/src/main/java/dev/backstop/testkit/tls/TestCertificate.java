package dev.backstop.testkit.tls;

import static dev.backstop.testkit.tls.DerText.INTEGER;
import static dev.backstop.testkit.tls.DerText.OCTET_STRING;
import static dev.backstop.testkit.tls.DerText.SEQUENCE;
import static dev.backstop.testkit.tls.DerText.bits;
import static dev.backstop.testkit.tls.DerText.hex;
import static dev.backstop.testkit.tls.DerText.name;
import static dev.backstop.testkit.tls.DerText.time;
import static dev.backstop.testkit.tls.DerText.wrap;

import dev.backstop.mail.address.IpLiteral;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A certificate with its key and the chain up to, but without, its root; a self-signed one is its
 * own chain. Immutable.
 */
public final class TestCertificate {
  private static final AtomicInteger SERIAL = new AtomicInteger(1);
  private static final String ALTERNATIVE_NAME = "0603551d11";
  private static final String BASIC_CONSTRAINTS_CRITICAL = "0603551d130101ff";

  private final KeyPair keys;
  private final X509Certificate certificate;
  private final List<X509Certificate> chain;

  /** How a key is made. */
  public enum Kind {
    /** P-256 */
    EC,
    /** 2048 bits */
    RSA,
    /** RSA of 1024 bits, which nobody should take */
    WEAK
  }

  /** What a certificate says: a DNS name or an address as number, and when it holds. */
  public record Subject(String name, Kind kind, Instant from, Instant until) {
    /** Valid from yesterday for a year. */
    public static Subject of(String name, Kind kind) {
      Instant yesterday = Instant.now().minus(Duration.ofDays(1));
      return new Subject(name, kind, yesterday, yesterday.plus(Duration.ofDays(366)));
    }

    public static Subject weak(String name) {
      return of(name, Kind.WEAK);
    }

    /** Held for a week, until an hour ago. */
    public static Subject expired(String name) {
      Instant end = Instant.now().minus(Duration.ofHours(1));
      return new Subject(name, Kind.EC, end.minus(Duration.ofDays(7)), end);
    }
  }

  private TestCertificate(KeyPair keys, X509Certificate certificate, List<X509Certificate> chain) {
    this.keys = keys;
    this.certificate = certificate;
    this.chain = List.copyOf(chain);
  }

  public static TestCertificate selfSigned(Subject subject) {
    KeyPair keys = generate(subject.kind());
    X509Certificate certificate = sign(subject, keys, subject.name(), keys, false);
    return new TestCertificate(keys, certificate, List.of(certificate));
  }

  public static TestCertificate selfSigned(String name) {
    return selfSigned(Subject.of(name, Kind.EC));
  }

  /** A root of trust. */
  public static TestCertificate authority(String commonName) {
    KeyPair keys = generate(Kind.EC);
    Subject subject = Subject.of(commonName, Kind.EC);
    X509Certificate certificate = sign(subject, keys, commonName, keys, true);
    return new TestCertificate(keys, certificate, List.of());
  }

  /** A certificate of this authority. */
  public TestCertificate issue(Subject subject) {
    return issue(subject, false);
  }

  /** The same for an authority below this one. */
  public TestCertificate issueAuthority(String commonName) {
    return issue(Subject.of(commonName, Kind.EC), true);
  }

  private TestCertificate issue(Subject subject, boolean authority) {
    KeyPair own = generate(subject.kind());
    String issuer = certificate.getSubjectX500Principal().getName().substring("CN=".length());
    X509Certificate issued = sign(subject, own, issuer, keys, authority);
    var whole = new ArrayList<X509Certificate>(List.of(issued));
    whole.addAll(chain);
    return new TestCertificate(own, issued, whole);
  }

  public X509Certificate certificate() {
    return certificate;
  }

  public KeyPair keys() {
    return keys;
  }

  /** What a server sends. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** This certificate alone. */
  public String pem() {
    return pem("CERTIFICATE", encoded(certificate));
  }

  public String chainPem() {
    return String.join("", chain.stream().map(c -> pem("CERTIFICATE", encoded(c))).toList());
  }

  /** PKCS#8. */
  public String keyPem() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  public static String pem(String label, byte[] octets) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  /** Writes {@code NAME.pem} with the chain. */
  public Path writeChain(Path folder, String name) {
    return write(folder.resolve(name + ".pem"), chainPem());
  }

  /** Writes {@code NAME.key}. */
  public Path writeKey(Path folder, String name) {
    return write(folder.resolve(name + ".key"), keyPem());
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyPair generate(Kind kind) {
    try {
      var generator = KeyPairGenerator.getInstance(kind == Kind.EC ? "EC" : "RSA");
      generator.initialize(
          switch (kind) {
            case EC -> 256;
            case RSA -> 2048;
            case WEAK -> 1024;
          });
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** RFC 5280 §4.1. */
  private static X509Certificate sign(
      Subject subject, KeyPair own, String issuer, KeyPair issuerKeys, boolean authority) {
    boolean ec = issuerKeys.getPrivate().getAlgorithm().equals("EC");
    byte[] algorithm = hex(ec ? "300a06082a8648ce3d040302" : "300d06092a864886f70d01010b0500");
    byte[] body =
        wrap(
            SEQUENCE,
            wrap(0xa0, wrap(INTEGER, new byte[] {2})),
            wrap(INTEGER, new byte[] {0x40, (byte) (SERIAL.get() >> 8), (byte) SERIAL.get()}),
            algorithm,
            name(issuer),
            wrap(SEQUENCE, time(subject.from()), time(subject.until())),
            name(subject.name()),
            own.getPublic().getEncoded(),
            wrap(
                0xa3, wrap(SEQUENCE, authority ? isAuthority() : alternativeName(subject.name()))));
    SERIAL.incrementAndGet();
    try {
      Signature signature = Signature.getInstance(ec ? "SHA256withECDSA" : "SHA256withRSA");
      signature.initSign(issuerKeys.getPrivate());
      signature.update(body);
      byte[] whole = wrap(SEQUENCE, body, algorithm, bits(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] isAuthority() {
    byte[] yes = wrap(SEQUENCE, hex("0101ff"));
    return wrap(SEQUENCE, hex(BASIC_CONSTRAINTS_CRITICAL), wrap(OCTET_STRING, yes));
  }

  private static byte[] alternativeName(String name) {
    byte[] names = wrap(SEQUENCE, generalName(name));
    return wrap(SEQUENCE, hex(ALTERNATIVE_NAME), wrap(OCTET_STRING, names));
  }

  private static byte[] generalName(String name) {
    try {
      return wrap(0x87, IpLiteral.parse(name).getAddress());
    } catch (IllegalArgumentException _) { // a name
      return wrap(0x82, name.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
