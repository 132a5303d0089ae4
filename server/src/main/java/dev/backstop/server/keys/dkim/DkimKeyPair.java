package dev.backstop.server.keys.dkim;

import dev.backstop.auth.dkim.Algorithm;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.stream.Stream;

/** Two halves that belong together, which has been tried. Immutable. */
public record DkimKeyPair(Algorithm algorithm, PrivateKey privateKey, PublicKey publicKey) {
  /** RFC 8301 §3.2: "Signers MUST use RSA keys of at least 1024 bits". */
  public static final int MIN_BITS = 1024;

  /** What a signer should have at least (RFC 8301 §3.2). */
  public static final int GOOD_BITS = 2048;

  /** What every verifier can check (RFC 8301 §3.2). */
  public static final int USUAL_MAX_BITS = 4096;

  /** Larger keys are made by mistake; checking with them would take long. */
  static final int MAX_BITS = 8192;

  private static final byte[] SAMPLE = "backstop".getBytes(StandardCharsets.US_ASCII);

  /**
   * A new pair.
   *
   * @param bits of an RSA key, {@link #GOOD_BITS} to {@link #USUAL_MAX_BITS}
   */
  public static DkimKeyPair generate(Algorithm algorithm, int bits, SecureRandom random) {
    try {
      KeyPairGenerator generator =
          switch (algorithm) {
            case RSA_SHA256 -> {
              KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
              rsa.initialize(bits, random);
              yield rsa;
            }
            case ED25519_SHA256 -> ed25519(random);
          };
      KeyPair pair = generator.generateKeyPair();
      return new DkimKeyPair(algorithm, pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes such keys", e);
    }
  }

  /**
   * The pair to which a private half belongs.
   *
   * @throws NotAKeyException when it is of another kind, too weak, or damaged
   */
  static DkimKeyPair of(PrivateKey privateKey) throws NotAKeyException {
    return switch (privateKey) {
      case RSAPrivateCrtKey rsa -> {
        checkNumbers(rsa);
        yield tried(Algorithm.RSA_SHA256, rsa, publicHalf(rsa));
      }
      case EdECPrivateKey ed25519 -> tried(Algorithm.ED25519_SHA256, ed25519, publicHalf(ed25519));
      default -> throw new NotAKeyException("it is neither a whole RSA key nor an Ed25519 key");
    };
  }

  /** The size of an RSA modulus; of an Ed25519 key 256. */
  public static int bits(PublicKey key) {
    return key instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : 256;
  }

  /** Such as {@code RSA 2048} and {@code Ed25519}. */
  public static String strength(PublicKey key) {
    return key instanceof RSAPublicKey ? "RSA " + bits(key) : "Ed25519";
  }

  /**
   * Looks at the size only.
   *
   * @throws NotAKeyException when an RSA key is too short to prove anything, or beyond all measure
   */
  static void checkSize(PublicKey key) throws NotAKeyException {
    if (!(key instanceof RSAPublicKey)) {
      return;
    }
    int bits = bits(key);
    if (bits < MIN_BITS || bits > MAX_BITS) {
      throw new NotAKeyException(
          "it is an RSA key of "
              + bits
              + " bits; "
              + MIN_BITS
              + " to "
              + MAX_BITS
              + " can be used");
    }
  }

  /** Numbers beyond the modulus would make every signature take minutes. */
  private static void checkNumbers(RSAPrivateCrtKey key) throws NotAKeyException {
    int bits = key.getModulus().bitLength();
    boolean sane =
        Stream.of(
                key.getPublicExponent(),
                key.getPrivateExponent(),
                key.getPrimeP(),
                key.getPrimeQ(),
                key.getPrimeExponentP(),
                key.getPrimeExponentQ(),
                key.getCrtCoefficient())
            .allMatch(number -> number.signum() > 0 && number.bitLength() <= bits);
    if (!sane || !odd(key.getModulus()) || !odd(key.getPrimeP()) || !odd(key.getPrimeQ())) {
      throw new NotAKeyException("the numbers of the RSA key are not those of one");
    }
  }

  private static boolean odd(BigInteger number) {
    return number.testBit(0);
  }

  private static PublicKey publicHalf(RSAPrivateCrtKey key) throws NotAKeyException {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    } catch (GeneralSecurityException e) {
      throw new NotAKeyException("the RSA key has no usable public half");
    }
  }

  /**
   * The JDK computes a public half only when it makes a pair; so it makes one of this very seed
   * (RFC 8032 §5.1.5). Were it ever to use the seed differently, {@link #tried} would notice.
   */
  private static PublicKey publicHalf(EdECPrivateKey key) throws NotAKeyException {
    byte[] seed =
        key.getBytes().orElseThrow(() -> new NotAKeyException("the Ed25519 key has no seed"));
    try {
      return ed25519(new Seed(seed)).generateKeyPair().getPublic();
    } catch (GeneralSecurityException e) {
      throw new NotAKeyException("it is of a kind akin to Ed25519 that DKIM does not know");
    }
  }

  private static KeyPairGenerator ed25519(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, random);
    return generator;
  }

  private static DkimKeyPair tried(Algorithm algorithm, PrivateKey secret, PublicKey shown)
      throws NotAKeyException {
    checkSize(shown);
    try {
      Signature signature = signature(algorithm);
      signature.initSign(secret);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(shown);
      signature.update(SAMPLE);
      if (signature.verify(signed)) {
        return new DkimKeyPair(algorithm, secret, shown);
      }
    } catch (GeneralSecurityException | RuntimeException _) {
      // a damaged key makes the JDK throw whatever its arithmetic comes upon
    }
    throw new NotAKeyException("it is damaged: what it signs does not verify");
  }

  private static Signature signature(Algorithm algorithm) throws GeneralSecurityException {
    return Signature.getInstance(
        switch (algorithm) {
          case RSA_SHA256 -> "SHA256withRSA";
          case ED25519_SHA256 -> "Ed25519";
        });
  }

  /** Without the private half. */
  @Override
  public String toString() {
    return "DkimKeyPair[" + strength(publicKey) + "]";
  }

  /** Hands out one seed instead of random octets. */
  private static final class Seed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    Seed(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] octets) {
      System.arraycopy(seed, 0, octets, 0, octets.length);
    }
  }
}
