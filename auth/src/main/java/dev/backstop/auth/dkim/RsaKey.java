package dev.backstop.auth.dkim;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;

/**
 * The numbers of an RSA key, before anybody computes with them: a stranger chose them, and with
 * them how long verifying takes.
 */
record RsaKey(BigInteger modulus, BigInteger exponent) {
  /** RFC 8301 §3.2. */
  static final int MIN_BITS = 1024;

  /** RFC 8301 §3.2 asks for no more; up to here any exponent of real keys is computed with. */
  private static final int USUAL_BITS = 4096;

  private static final int MAX_EXPONENT_BITS = 64;

  /**
   * Beyond, only with the usual exponent (65537), so that no key takes more than 0.4 ms: ten times
   * the work of 2,048 bits.
   */
  static final int MAX_BITS = 8192;

  private static final int USUAL_EXPONENT_BITS = 17;

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int SEQUENCE = 0x30;

  /**
   * Reads a SubjectPublicKeyInfo, which nearly all domains publish, or the bare RSAPublicKey that
   * the text of RFC 6376 §3.6.1 asks for.
   */
  static RsaKey parse(byte[] der) throws DkimSyntaxException {
    Reader key = new Reader(der, 0, der.length).enter(SEQUENCE);
    if (key.next() == SEQUENCE) {
      key.enter(SEQUENCE); // the algorithm, which k= has named
      Reader bits = key.enter(BIT_STRING);
      bits.skipUnusedBits();
      key = bits.enter(SEQUENCE);
    }
    return new RsaKey(key.integer(), key.integer());
  }

  /** Why we do not compute with this key; empty when we do. */
  Optional<String> refusal() {
    int bits = modulus.bitLength();
    if (bits < MIN_BITS) {
      return Optional.of("RSA key of " + bits + " bits, fewer than " + MIN_BITS);
    }
    if (bits > MAX_BITS) {
      return Optional.of("RSA key of " + bits + " bits, more than " + MAX_BITS);
    }
    boolean odd = modulus.testBit(0) && exponent.testBit(0);
    int most = bits > USUAL_BITS ? USUAL_EXPONENT_BITS : MAX_EXPONENT_BITS;
    if (!odd || exponent.bitLength() < 2 || exponent.bitLength() > most) {
      return Optional.of("RSA key with numbers that no real key has");
    }
    return Optional.empty();
  }

  PublicKey publicKey() throws DkimSyntaxException {
    try {
      return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    } catch (GeneralSecurityException e) {
      throw new DkimSyntaxException("p= is no RSA key");
    }
  }

  /** Reads tag, length and value (DER) within bounds. */
  private static final class Reader {
    private final byte[] bytes;
    private final int end;
    private int at;

    Reader(byte[] bytes, int at, int end) {
      this.bytes = bytes;
      this.at = at;
      this.end = end;
    }

    int next() throws DkimSyntaxException {
      if (at >= end) {
        throw new DkimSyntaxException("p= is no key: it is cut off");
      }
      return bytes[at] & 0xff;
    }

    /** Steps over a value of that type; what is returned reads inside it. */
    Reader enter(int type) throws DkimSyntaxException {
      if (next() != type) {
        throw new DkimSyntaxException("p= is no RSA key");
      }
      at++;
      int length = length();
      if (length > end - at) {
        throw new DkimSyntaxException("p= is no key: it is cut off");
      }
      var inside = new Reader(bytes, at, at + length);
      at += length;
      return inside;
    }

    private int length() throws DkimSyntaxException {
      int first = next();
      at++;
      if (first < 0x80) {
        return first;
      }
      int octets = first & 0x7f;
      if (octets == 0 || octets > 3) {
        throw new DkimSyntaxException("p= is no RSA key");
      }
      int length = 0;
      for (int i = 0; i < octets; i++) {
        length = length << 8 | next();
        at++;
      }
      return length;
    }

    void skipUnusedBits() throws DkimSyntaxException {
      if (next() != 0) {
        throw new DkimSyntaxException("p= is no RSA key");
      }
      at++;
    }

    BigInteger integer() throws DkimSyntaxException {
      Reader inside = enter(INTEGER);
      return new BigInteger(1, bytes, inside.at, inside.end - inside.at);
    }
  }
}
