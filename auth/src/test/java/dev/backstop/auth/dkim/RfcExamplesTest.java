package dev.backstop.auth.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.testkit.dns.FakeResolver;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The messages that the RFCs print, with their keys. */
class RfcExamplesTest {
  private static final String LETTER =
      """
      From: Joe SixPack <joe@football.example.com>
      To: Suzie Q <suzie@shopping.example.net>
      Subject: Is dinner ready?
      Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
      Message-ID: <20030712040037.46341.5F8J@football.example.com>

      Hi.

      """;

  private static TestMail mail(String text) {
    return TestMail.of(text.replace("\n", "\r\n"));
  }

  @Test
  void rfc6376AppendixA() {
    TestMail mail =
        mail(
            """
            DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
                  c=simple/simple; q=dns/txt; i=joe@football.example.com;
                  h=Received : From : To : Subject : Date : Message-ID;
                  bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
                  b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
                  4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
                  KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
                  4bmp/YzhwvcubU4=;
            Received: from client1.football.example.com  [192.0.2.1]
                  by submitserver.example.com with SUBMISSION;
                  Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
            """
                + LETTER
                + "We lost the game. Are you hungry yet?\n\nJoe.\n");
    var zone =
        new FakeResolver()
            .txt(
                "brisbane._domainkey.example.com",
                "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ",
                "KBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt",
                "IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v",
                "/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhi",
                "tdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB");
    DkimOutcome outcome = mail.outcome(new DnsKeys(zone));
    assertThat(outcome.result()).isEqualTo(DkimResult.PASS);
    assertThat(outcome.keyBits()).isEqualTo(1024);
    assertThat(outcome.weaknesses()).containsExactly(Weakness.SMALL_KEY);
    DkimSignature signature = outcome.signature().orElseThrow();
    assertThat(signature.domain()).isEqualTo(DnsName.of("example.com"));
    assertThat(signature.identity().text()).isEqualTo("joe@football.example.com");
    assertThat(signature.signatureStart()).isEqualTo("AuUoFEfD");
  }

  private static final String RFC_8463_BODY = "We lost the game.  Are you hungry yet?\n\nJoe.\n";

  private static TestMail rfc8463() {
    return mail(
        """
        DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
         d=football.example.com; i=@football.example.com;
         q=dns/txt; s=brisbane; t=1528637909; h=from : to :
         subject : date : message-id : from : subject : date;
         bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
         b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
         Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
        DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
         d=football.example.com; i=@football.example.com;
         q=dns/txt; s=test; t=1528637909; h=from : to : subject :
         date : message-id : from : subject : date;
         bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
         b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
         DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
         dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
        """
            + LETTER
            + RFC_8463_BODY);
  }

  @Test
  void rfc8463AppendixA() {
    var zone =
        new FakeResolver()
            .txt(
                "brisbane._domainkey.football.example.com",
                "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
            .txt(
                "test._domainkey.football.example.com",
                "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR",
                "iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC",
                "DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3",
                "Ip3G+2kryOTIKT+l/K4w3QIDAQAB");
    assertThat(rfc8463().results(new DnsKeys(zone)))
        .containsExactly("pass: the signature is good", "pass: the signature is good");
    assertThat(rfc8463().verifyHeader(new DnsKeys(zone)))
        .hasSize(2)
        .allMatch(HeaderOutcome.Holds.class::isInstance);
  }

  /** Ed25519 has no chance in it: the same key over the same header makes the printed octets. */
  @Test
  void rfc8463AppendixAOurSignatureIsTheSame() throws Exception {
    TestMail mail = rfc8463();
    TagList tags = TagList.parse(mail.header().getFirst().value());
    DkimSignature printed = SignatureParser.parse(tags);
    var header = new SignedHeader(mail.header());
    byte[] octets =
        header.octets(
            Canonicalization.RELAXED,
            header.covered(printed.signedFields(), 0),
            new HeaderField("DKIM-Signature", tags.without("b")));
    SigningKey key =
        new SigningKey(
            DnsName.of("football.example.com"),
            "brisbane",
            Algorithm.ED25519_SHA256,
            ed25519("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="),
            TestKeys.ED25519.publicKey());
    assertThat(Cryptography.sign(key, octets)).isEqualTo(printed.signature());
  }

  private static PrivateKey ed25519(String seed) throws GeneralSecurityException {
    byte[] start = HexFormat.of().parseHex("302e020100300506032b657004220420");
    byte[] key = Arrays.copyOf(start, 48);
    System.arraycopy(Base64.getDecoder().decode(seed), 0, key, 16, 32);
    return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(key));
  }
}
