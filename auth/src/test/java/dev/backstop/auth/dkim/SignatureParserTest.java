package dev.backstop.auth.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.dns.DnsName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureParserTest {
  private static final String HASH = "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=";
  private static final String PLAIN =
      "v=1; a=rsa-sha256; d=example.com; s=sel; h=From; bh=" + HASH + "; b=AAECAwQFBgc=";

  @Test
  void theLeastThatMustBeThere() throws Exception {
    DkimSignature signature = TestMail.parse(PLAIN);
    assertThat(signature.algorithm()).contains(Algorithm.RSA_SHA256);
    assertThat(signature.headerForm()).isEqualTo(Canonicalization.SIMPLE);
    assertThat(signature.bodyForm()).isEqualTo(Canonicalization.SIMPLE);
    assertThat(signature.recordName()).isEqualTo(DnsName.of("sel._domainkey.example.com"));
    assertThat(signature.identity().text()).isEqualTo("@example.com");
    assertThat(signature.signedFields()).containsExactly("From");
    assertThat(signature.bodyLength()).isEmpty();
    assertThat(signature.signedAt()).isEmpty();
    assertThat(signature.expires()).isEmpty();
    assertThat(signature.bodyHash()).hasSize(32);
    assertThat(signature.signatureStart()).isEqualTo("AAECAwQF");
    assertThat(signature)
        .hasToString("DkimSignature[sel._domainkey.example.com rsa-sha256 AAECAwQF]");
    assertThat(signature).isEqualTo(TestMail.parse(PLAIN)).hasSameHashCodeAs(TestMail.parse(PLAIN));
    assertThat(signature).isNotEqualTo(TestMail.parse(PLAIN + "; l=3"));
  }

  @Test
  void everyTag() throws Exception {
    DkimSignature signature =
        TestMail.parse(
            """
            v=1; a=ED25519-sha256; c=relaxed/simple; d=Example.COM; s=a.b_c;
             i=joe=2Esix @eng.example.com; h=Received : From :
             To:To; q=dns/other:dns/txt; l=5; t=1117574938; x=1118006938; new=x;
             z=From:foo@eng.example.net|To:joe@example.com; bh=\
            """
                + HASH
                + "; b= AA\r\n E =");
    assertThat(signature.algorithm()).contains(Algorithm.ED25519_SHA256);
    assertThat(signature.headerForm()).isEqualTo(Canonicalization.RELAXED);
    assertThat(signature.recordName()).isEqualTo(DnsName.of("a.b_c._domainkey.example.com"));
    assertThat(signature.identity())
        .isEqualTo(
            new DkimSignature.Identity("joe=2Esix@eng.example.com", DnsName.of("eng.example.com")));
    assertThat(signature.signedFields()).containsExactly("Received", "From", "To", "To");
    assertThat(signature.bodyLength()).hasValue(5);
    assertThat(signature.signedAt()).contains(Instant.ofEpochSecond(1117574938));
    assertThat(signature.expires()).contains(Instant.ofEpochSecond(1118006938));
    assertThat(signature.signatureStart()).isEqualTo("AAE=");
  }

  /** One tag of the plain signature replaced, or one more; and what is wrong with it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // RFC 6376 §6.1.1: version and required tags
        "v=1; | ''             | no tag v=",
        "v=1; | v=2;           | not version 1 of signatures",
        "v=1; | v=1.0;         | not version 1 of signatures",
        "a=rsa-sha256; | ''    | no tag a=",
        "a=rsa-sha256; | a=;   | tag a= is empty",
        "a=rsa-sha256; | a=rsa-sha512;        | unknown algorithm rsa-sha512",
        "d=example.com; | ''                  | no tag d=",
        "s=sel; | ''           | no tag s=",
        "h=From; | ''          | no tag h=",
        "h=From; | h=To:Date;  | From is not signed",
        "h=From; | h=From::To; | h= names no field",
        "h=From; | h=From:T o; | h= names no field",
        "b=AAECAwQFBgc= | ''   | no tag b=",
        "b=AAECAwQFBgc= | b=   | b= is empty",
        "b=AAECAwQFBgc= | b=?  | tag b= is not base64",
        "bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=; | ''       | no tag bh=",
        "bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=; | bh=AAAA; | bh= is no SHA-256 hash",
        // names that cannot be, or that would be another's
        "d=example.com; | d=a..b;             | d= is no domain",
        "d=example.com; | d=ex ample.com;     | d= is no domain",
        "d=example.com; | d=example.com.;     | d= is no domain",
        "d=example.com; | d=a/b.example;      | d= is no domain",
        "s=sel; | s=.;                        | s= is no selector",
        "s=sel; | s=a*b;                      | s= is no selector",
        "v=1; | v=1; i=joe@example.org;       | i= is not within d=",
        "v=1; | v=1; i=joe@badexample.com;    | i= is not within d=",
        "v=1; | v=1; i=joe@com;               | i= is not within d=",
        "v=1; | v=1; i=example.com;           | i= is not within d=",
        "v=1; | v=1; i=;                      | i= is not within d=",
        // what we do not know
        "v=1; | v=1; c=relaxed/loose;         | unknown canonicalization loose",
        "v=1; | v=1; c=nofws;                 | unknown canonicalization nofws",
        "v=1; | v=1; c=relaxed/;              | unknown canonicalization",
        "v=1; | v=1; q=http;                  | the key is not to be had from DNS",
        // numbers
        "v=1; | v=1; l=-1;                    | l= is no number",
        "v=1; | v=1; l=;                      | l= is no number of up to 76 digits",
        "v=1; | v=1; t=1234567890123;         | t= is no number of up to 12 digits",
        "v=1; | v=1; x=soon;                  | x= is no number",
        "v=1; | v=1; t=10; x=10;              | x= is not after t=",
        "v=1; | v=1; v=1;                     | tag v= twice",
      })
  void malformed(String tag, String instead, String reason) {
    String tags = PLAIN.replace(tag, instead);
    assertThat(tags).isNotEqualTo(PLAIN);
    assertThatThrownBy(() -> TestMail.parse(tags))
        .isInstanceOf(DkimSyntaxException.class)
        .message()
        .startsWith(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "simple, SIMPLE, SIMPLE",
    "relaxed, RELAXED, SIMPLE",
    "Simple/Relaxed, SIMPLE, RELAXED"
  })
  void canonicalizations(String tag, Canonicalization header, Canonicalization body)
      throws Exception {
    DkimSignature signature = TestMail.parse(PLAIN + "; c=" + tag);
    assertThat(signature.headerForm()).isEqualTo(header);
    assertThat(signature.bodyForm()).isEqualTo(body);
  }

  /** RFC 8301 §3.1: known, so that it can be named; never one that counts. */
  @Test
  void sha1IsRead() throws Exception {
    DkimSignature signature = TestMail.parse(PLAIN.replace("sha256", "sha1"));
    assertThat(signature.algorithm()).isEmpty();
    assertThat(signature.algorithmTag()).isEqualTo("rsa-sha1");
  }

  /** The grammar lets 76 digits stand. */
  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775807", "9223372036854775808", "99999999999999999999999"})
  void lengthsBeyondAllBodies(String length) throws Exception {
    assertThat(TestMail.parse(PLAIN + "; l=" + length).bodyLength())
        .isEqualTo(OptionalLong.of(Long.MAX_VALUE));
  }

  /** RFC 8616 §5: a name may stand in letters of any script, and is asked for as A-labels. */
  @Test
  void internationalizedDomain() throws Exception {
    byte[] tags = PLAIN.replace("example.com", "bücher.example").getBytes(StandardCharsets.UTF_8);
    assertThat(SignatureParser.parse(TagList.parse(tags)).domain())
        .isEqualTo(DnsName.of("xn--bcher-kva.example"));
  }

  @Test
  void bounds() throws Exception {
    String names = "From" + ":To".repeat(SignatureParser.MAX_NAMES - 1);
    assertThat(TestMail.parse(PLAIN.replace("h=From", "h=" + names)).signedFields()).hasSize(250);
    assertThatThrownBy(() -> TestMail.parse(PLAIN.replace("h=From", "h=To:" + names)))
        .hasMessage("a list of more than 250 parts");
    String label = "a".repeat(63);
    String selector = label + "." + label + "." + label;
    assertThatThrownBy(() -> TestMail.parse(PLAIN.replace("s=sel", "s=" + selector + "." + label)))
        .hasMessageStartingWith("s= ");
  }

  @Test
  void aFieldIsReadOrNot() {
    TestMail signed = TestMail.LETTER.signed(TestKeys.RSA);
    assertThat(DkimSignature.read(signed.header().getFirst()))
        .map(DkimSignature::recordName)
        .contains(TestKeys.RSA.recordName());
    assertThat(DkimSignature.read(TestMail.field("DKIM-Signature", "?"))).isEmpty();
  }
}
