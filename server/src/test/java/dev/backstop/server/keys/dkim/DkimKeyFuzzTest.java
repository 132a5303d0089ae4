package dev.backstop.server.keys.dkim;

import static dev.backstop.server.keys.dkim.Samples.ED25519;
import static dev.backstop.server.keys.dkim.Samples.RSA;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.auth.dkim.SigningKey;
import dev.backstop.dns.DnsName;
import java.nio.charset.StandardCharsets;
import java.util.List;

class DkimKeyFuzzTest {

  private static final byte[][] FILES = {
    RSA.privateKey().getEncoded(),
    Samples.pkcs1(RSA.privateKey()),
    ED25519.privateKey().getEncoded(),
    Samples.seed(ED25519.privateKey()),
  };

  private static final String RING =
      new String(
          DkimJson.render(
              new DkimKeys(
                  List.of(
                      Samples.signing("r", RSA),
                      Samples.fresh("e", ED25519),
                      Samples.external("x", ED25519),
                      Samples.external("o", ED25519).retired(Samples.NOW)))),
          StandardCharsets.UTF_8);

  /** Any file is a pair of keys that belong together, or none. */
  @FuzzTest(maxDuration = "60s")
  void anyFileIsAPrivateKeyOrNone(byte[] file) {
    check(file);
  }

  /** The same for a key file in which some octets are others, such as lengths and numbers. */
  @FuzzTest(maxDuration = "60s")
  void aDamagedFileIsAPrivateKeyOrNone(FuzzedDataProvider data) {
    byte[] file = data.pickValue(FILES).clone();
    while (data.remainingBytes() > 0) {
      file[data.consumeInt(0, file.length - 1)] = data.consumeByte();
    }
    check(file);
  }

  private static void check(byte[] file) {
    DkimKeyPair pair;
    try {
      pair = PrivateKeyText.parse(file);
    } catch (NotAKeyException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    try {
      byte[] pem =
          Samples.pem("PRIVATE KEY", pair.privateKey().getEncoded())
              .getBytes(StandardCharsets.US_ASCII);
      assertThat(PrivateKeyText.parse(pem).publicKey()).isEqualTo(pair.publicKey());
    } catch (NotAKeyException e) {
      throw new AssertionError("what was read cannot be written", e);
    }
  }

  /** Any text is a record that can be published again, or none. */
  @FuzzTest(maxDuration = "60s")
  void anyTextIsAKeyRecordOrNone(FuzzedDataProvider data) throws NotAKeyException {
    PublishedKey key;
    try {
      key = PublishedKey.parse(ZoneText.value(data.consumeRemainingAsString()));
    } catch (NotAKeyException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    String record = SigningKey.record(key.algorithm(), key.publicKey());
    assertThat(PublishedKey.parse(record)).isEqualTo(key);
    String zone = ZoneText.render(DnsName.of("s._domainkey.example.com"), record);
    assertThat(ZoneText.value(zone)).isEqualTo(record);
  }

  /** A table has at most as many rows as lines, each with its number. */
  @FuzzTest(maxDuration = "60s")
  void anyTextIsATable(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    var lines = OpenDkimTable.keyTable(text);
    assertThat(lines).hasSameSizeAs(TableText.rows(text));
    assertThat(lines).hasSizeLessThanOrEqualTo((int) text.lines().count());
    assertThat(lines).allMatch(line -> line.number() >= 1);
    assertThat(OpenDkimTable.signingTable(text)).hasSizeLessThanOrEqualTo(lines.size());
  }

  /** Any text is a ring of keys or a reason. */
  @FuzzTest(maxDuration = "60s")
  void anyTextIsARingOrAReason(FuzzedDataProvider data) {
    checkRing(data.consumeRemainingAsString());
  }

  /** The same for a file of keys in which something was changed by hand. */
  @FuzzTest(maxDuration = "60s")
  void anEditedFileIsARingOrAReason(FuzzedDataProvider data) {
    var text = new StringBuilder(RING);
    while (data.remainingBytes() > 0) {
      int start = data.consumeInt(0, text.length());
      int end = Math.min(text.length(), start + data.consumeInt(0, 20));
      text.replace(start, end, data.consumeString(20));
    }
    checkRing(text.toString());
  }

  /** What was read is written and read again. */
  private static void checkRing(String text) {
    DkimKeys keys;
    try {
      keys = DkimJson.parse(text);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    String written = new String(DkimJson.render(keys), StandardCharsets.UTF_8);
    assertThat(DkimJson.parse(written)).isEqualTo(keys);
  }
}
