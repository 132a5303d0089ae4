package dev.backstop.auth.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRecordParserTest {
  private static final String RSA = base64(TestKeys.RSA.publicKey().getEncoded());
  private static final String ED25519 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  private static List<KeyRecord> found(String... records) {
    return switch (KeyRecordParser.parse(List.of(records))) {
      case KeyAnswer.Found found -> found.records();
      case KeyAnswer.Unusable unusable -> throw new AssertionError(unusable);
    };
  }

  private static String refused(String... records) {
    return switch (KeyRecordParser.parse(List.of(records))) {
      case KeyAnswer.Found found -> throw new AssertionError(found);
      case KeyAnswer.Unusable unusable -> unusable.result().word() + ": " + unusable.reason();
    };
  }

  /** RFC 6376 §3.6.1: records that hold our RSA key; {@code P} stands for it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=DKIM1; p=P",
        "v=DKIM1; k=rsa; p=P",
        "p=P",
        "k=RSA; p=P;",
        " v = DKIM1 ; p=P",
        "v=DKIM1;h=sha1:sha256;p=P",
        "v=DKIM1;s=*;p=P",
        "v=DKIM1;s=tlsrpt : email;p=P",
        "v=DKIM1;t=;n=any note (ü);g=*;p=P",
        "k=rsa; v=DKIM1; p=P",
      })
  void usable(String record) {
    assertThat(found(record.replace("P", RSA)))
        .containsExactly(KeyRecord.of(Algorithm.RSA_SHA256, TestKeys.RSA.publicKey()));
  }

  @ParameterizedTest
  @CsvSource({"y, true, false", "s, false, true", "y:s, true, true", "Y : x : S, true, true"})
  void flags(String flags, boolean testing, boolean exact) {
    KeyRecord key = found("v=DKIM1; t=" + flags + "; p=" + RSA).getFirst();
    assertThat(key.testing()).isEqualTo(testing);
    assertThat(key.exact()).isEqualTo(exact);
  }

  /** Records without a key for us. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=DKIM1; p=          | permerror: the key is revoked",
        "v=DKIM1; k=ed25519;p=| permerror: the key is revoked",
        "v=DKIM1              | permerror: malformed key record: no tag p=",
        "v=DKIM2; p=P         | permerror: no key: other TXT records only",
        "v=spf1 -all          | permerror: no key: other TXT records only",
        "v=spf1; p=P          | permerror: no key: other TXT records only",
        "p=P; v=DKIM2         | permerror: key record of another version",
        "some text            | permerror: malformed key record: no list of tags name=value",
        "k=dsa; p=P           | permerror: unknown type of key dsa",
        "h=sha1; p=P          | permerror: the key is not for SHA-256",
        "s=tlsrpt; p=P        | permerror: the key is not for mail",
        "p=P; p=P             | permerror: malformed key record: tag p= twice",
        "p=!                  | permerror: malformed key record: tag p= is not base64",
        "p=AAAA               | permerror: malformed key record: p= is no RSA key",
        "p=MIIB               | permerror: malformed key record: p= is no key: it is cut off",
        "k=ed25519; p=AAAA    | permerror: an Ed25519 key has 32 octets, not 3",
        "k=ed25519; p=P       | permerror: an Ed25519 key has 32 octets, not 294",
      })
  void unusable(String record, String expected) {
    assertThat(refused(record.replace("P", RSA))).isEqualTo(expected);
  }

  /** RFC 8463 §4. */
  @Test
  void ed25519() {
    KeyRecord key = found("v=DKIM1; k=ed25519; p=" + ED25519).getFirst();
    assertThat(key.algorithm()).isEqualTo(Algorithm.ED25519_SHA256);
    assertThat(key.bits()).isEqualTo(256);
    assertThat(found(TestKeys.ED25519.record()).getFirst().key())
        .isEqualTo(TestKeys.ED25519.publicKey());
  }

  /** The form that RFC 6376 §3.6.1 asks for, without the algorithm around it. */
  @Test
  void bareRsaKey() {
    byte[] info = TestKeys.RSA.publicKey().getEncoded();
    byte[] bare = Arrays.copyOfRange(info, 24, info.length);
    KeyRecord key = found("v=DKIM1; p=" + base64(bare)).getFirst();
    assertThat(key.key()).isEqualTo(TestKeys.RSA.publicKey());
    assertThat(key.bits()).isEqualTo(2048);
  }

  /** RFC 8301 §3.2, and what a stranger's numbers may cost us. */
  @Test
  void sizesOfRsaKeys() {
    BigInteger e = BigInteger.valueOf(65537);
    assertThat(refused(rsa(number(1023), e)))
        .isEqualTo("policy: RSA key of 1023 bits, fewer than 1024");
    assertThat(found(rsa(number(1024), e)).getFirst().bits()).isEqualTo(1024);
    assertThat(found(rsa(number(4096), e)).getFirst().bits()).isEqualTo(4096);
    assertThat(found(rsa(number(8192), e)).getFirst().bits()).isEqualTo(8192);
    assertThat(refused(rsa(number(16384), e)))
        .isEqualTo("policy: RSA key of 16384 bits, more than 8192");
    assertThat(found(rsa(number(2048), number(64)))).hasSize(1);
    assertThat(found(rsa(number(4096), number(64)))).hasSize(1);
    assertThat(refused(rsa(number(4098), number(18)))).startsWith("policy: ");
    for (BigInteger exponent : List.of(number(65), BigInteger.ONE, BigInteger.TWO)) {
      assertThat(refused(rsa(number(2048), exponent)))
          .isEqualTo("policy: RSA key with numbers that no real key has");
    }
    assertThat(refused(rsa(number(2048).clearBit(0), e))).startsWith("policy: ");
  }

  /** Odd, with that many bits. */
  private static BigInteger number(int bits) {
    return BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
  }

  private static String rsa(BigInteger modulus, BigInteger exponent) {
    byte[] numbers = concat(integer(modulus), integer(exponent));
    return "p=" + base64(concat(new byte[] {0x30}, length(numbers.length), numbers));
  }

  private static byte[] integer(BigInteger number) {
    byte[] octets = number.toByteArray();
    return concat(new byte[] {2}, length(octets.length), octets);
  }

  private static byte[] length(int length) {
    return length < 0x80
        ? new byte[] {(byte) length}
        : new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length};
  }

  private static byte[] concat(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** RFC 6376 §6.1.2: which of several is the key is for the verifier to find out. */
  @Test
  void severalRecords() {
    String rsa = "v=DKIM1; p=" + RSA;
    String ed = "v=DKIM1; k=ed25519; p=" + ED25519;
    assertThat(found("v=spf1 -all", rsa, ed)).hasSize(2);
    assertThat(found("v=DKIM1; p=", "nonsense", rsa)).hasSize(1);
    assertThat(refused("v=spf1 -all", "v=DKIM1; p=", "v=DKIM1"))
        .isEqualTo("permerror: the key is revoked");
    assertThat(found(rsa, ed, rsa)).hasSize(KeyRecordParser.MAX_KEYS);
  }

  @Test
  void whatWePublishIsWhatWeRead() {
    for (SigningKey key : TestKeys.BOTH) {
      assertThat(found(key.record()))
          .containsExactly(KeyRecord.of(key.algorithm(), key.publicKey()));
    }
    assertThat(((RSAPublicKey) TestKeys.RSA.publicKey()).getModulus().bitLength()).isEqualTo(2048);
  }
}
