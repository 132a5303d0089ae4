package dev.backstop.server.keys.dkim;

import static dev.backstop.server.keys.dkim.Samples.ED25519;
import static dev.backstop.server.keys.dkim.Samples.RSA;
import static dev.backstop.server.keys.dkim.Samples.base64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.backstop.auth.dkim.SigningKey;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedKeyTest {
  private static final String RSA_INFO = base64(RSA.publicKey().getEncoded());
  private static final String POINT = base64(Samples.point(ED25519));

  static Stream<Arguments> records() {
    byte[] info = RSA.publicKey().getEncoded();
    String pkcs1 = base64(Arrays.copyOfRange(info, 22, info.length));
    String folded = RSA_INFO.substring(0, 60) + " \r\n\t" + RSA_INFO.substring(60);
    return Stream.of(
        // what we publish ourselves
        arguments(SigningKey.record(RSA.algorithm(), RSA.publicKey()), RSA),
        arguments(SigningKey.record(ED25519.algorithm(), ED25519.publicKey()), ED25519),
        // RFC 6376 §3.6.1: all but p= have defaults, blanks count for nothing, unknown tags neither
        arguments("p=" + RSA_INFO, RSA),
        arguments(" v = DKIM1 ; p = " + folded + " ; x=y;", RSA),
        arguments("v=DKIM1; h=sha1 : sha256; s=*; t=y:s; n=a note; p=" + RSA_INFO, RSA),
        // RSAPublicKey, as the words of the RFC say
        arguments("v=DKIM1; p=" + pkcs1, RSA),
        // SubjectPublicKeyInfo, against RFC 8463 §4.2
        arguments("v=DKIM1; k=ed25519; p=" + base64(ED25519.publicKey().getEncoded()), ED25519));
  }

  @ParameterizedTest
  @MethodSource("records")
  void recordsAreRead(String record, DkimKeyPair expected) throws Exception {
    PublishedKey key = PublishedKey.parse(record);

    assertThat(key).isEqualTo(new PublishedKey(expected.algorithm(), expected.publicKey()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=DKIM1; p=                | its p= is empty, which says that the key is revoked",
        "v=DKIM1; k=rsa             | it has no p=",
        "v=DKIM2; p=INFO            | its version is not v=DKIM1",
        "v=DKIM1; k=x25519; p=POINT | its k= is neither rsa nor ed25519",
        "v=DKIM1; s=tlsrpt; p=INFO  | excludes mail signed with SHA-256",
        "v=DKIM1; h=sha1; p=INFO    | excludes mail signed with SHA-256",
        "v=DKIM1; p=INFO; p=INFO    | it has a tag twice",
        "v=DKIM1; p=POINT           | not a public key of the kind rsa",
        "v=DKIM1; k=ed25519; p=INFO | not a public key of the kind ed25519",
        "v=spf1 -all                | its version is not v=DKIM1",
        "google-site-verification   | it is not a list of tags",
        "''                         | it has no p=",
      })
  void whatAVerifierWouldNotUseIsRefusedInWords(String record, String reason) {
    String text = record.replace("INFO", RSA_INFO).replace("POINT", POINT);
    assertThatThrownBy(() -> PublishedKey.parse(text))
        .isInstanceOf(NotAKeyException.class)
        .hasMessageContaining(reason);
  }
}
