package dev.backstop.server.keys.dkim;

import static dev.backstop.server.keys.dkim.Samples.DOMAIN;
import static dev.backstop.server.keys.dkim.Samples.ED25519;
import static dev.backstop.server.keys.dkim.Samples.NOW;
import static dev.backstop.server.keys.dkim.Samples.RSA;
import static dev.backstop.server.keys.dkim.Samples.external;
import static dev.backstop.server.keys.dkim.Samples.fresh;
import static dev.backstop.server.keys.dkim.Samples.signing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.auth.dkim.KeyRecord;
import dev.backstop.auth.dkim.SigningKey;
import dev.backstop.dns.DnsName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimKeysTest {
  private static final Instant LATER = NOW.plus(Duration.ofDays(30));

  @Test
  void rsaAndEd25519SignSideBySide() {
    var ring = new DkimKeys(List.of(signing("e", ED25519), signing("r", RSA), external("x", RSA)));

    assertThat(ring.signing(DOMAIN))
        .extracting(SigningKey::selector, SigningKey::algorithm, SigningKey::privateKey)
        .containsExactly(
            tuple("r", Algorithm.RSA_SHA256, RSA.privateKey()),
            tuple("e", Algorithm.ED25519_SHA256, ED25519.privateKey()));
    assertThat(ring.signing(DnsName.of("sub.example.com"))).isEmpty();
    assertThat(ring.signing(DnsName.of("com"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // what stands in signatures
    "example.com, r, true",
    "Example.COM, R, true",
    "example.com, old.2025, true",
    "example.com, new, true",
    // what is not ours
    "example.com, other, false",
    "example.net, r, false",
    "r._domainkey.example.com, r, false",
    // nonsense from mail
    "example.com, '', false",
    "example.com, ' ', false",
    "example.com, .., false",
  })
  void everyKeyIsFoundInWhateverState(String domain, String selector, boolean found) {
    var ring =
        new DkimKeys(
            List.of(signing("r", RSA), external("old.2025", RSA).retired(NOW), fresh("new", RSA)));

    assertThat(ring.find(DnsName.of(domain), selector).isPresent()).isEqualTo(found);
  }

  @Test
  void ourMailIsKnownByEveryKeyThatWeHaveOrHad() {
    var ring =
        new DkimKeys(
            List.of(signing("r", RSA), external("old.2025", RSA).retired(NOW), external("x", RSA)));

    assertThat(ring.own().records())
        .containsOnlyKeys(
            DnsName.of("r._domainkey.example.com"),
            DnsName.of("old.2025._domainkey.example.com"),
            DnsName.of("x._domainkey.example.com"))
        .allSatisfy((name, records) ->
            assertThat(records)
                .containsExactly(KeyRecord.of(Algorithm.RSA_SHA256, RSA.publicKey())));
  }

  @Test
  void aDomainSignsSinceItsFirstKeyThatStillDoes() {
    var ring =
        new DkimKeys(
            List.of(
                signing("r", RSA),
                fresh("e", ED25519).signs(LATER),
                external("old", RSA).retired(NOW.minus(Duration.ofDays(300)))));

    assertThat(ring.signedSince()).containsExactly(entry(DOMAIN, NOW));
    assertThat(new DkimKeys(List.of(external("x", RSA))).signedSince())
        .as("what others sign is not known")
        .isEmpty();
  }

  @Test
  void aSelectorLongerThanAnyNameIsNotFound() {
    assertThat(DkimKeys.NONE.find(DOMAIN, "x".repeat(10_000))).isEmpty();
  }

  @Test
  void aNewKeySignsAndTheOneBeforeRetiresWithoutItsSecret() {
    DkimKey next = fresh("next", Samples.pair(Algorithm.RSA_SHA256));
    var ring = new DkimKeys(List.of(signing("r", RSA), signing("e", ED25519), next));

    DkimKeys after = ring.with(List.of(next.signs(LATER)), LATER);

    assertThat(after.signing(DOMAIN)).extracting(SigningKey::selector).containsExactly("next", "e");
    DkimKey old = after.find(DOMAIN, "r").orElseThrow();
    assertThat(old.state()).isEqualTo(new DkimState.Retired(LATER));
    assertThat(old.publicKey()).isEqualTo(RSA.publicKey());
    assertThat(old.recordNeededUntil()).contains(LATER.plus(Duration.ofDays(10)));
    assertThat(after.keys()).hasSize(3);
    assertThat(ring.signing(DOMAIN)).extracting(SigningKey::selector).containsExactly("r", "e");
  }

  @Test
  void keysOfOtherDomainsStayAsTheyAre() {
    var other =
        new DkimKey(
            DnsName.of("example.net"),
            "r",
            RSA.algorithm(),
            RSA.publicKey(),
            NOW,
            new DkimState.Signing(RSA.privateKey(), NOW));

    DkimKeys after = new DkimKeys(List.of(other)).with(List.of(signing("r", RSA)), LATER);

    assertThat(after.signing(other.domain())).hasSize(1);
    assertThat(after.domains())
        .containsExactly(DnsName.of("example.com"), DnsName.of("example.net"));
    assertThat(after.without(other).find(other.domain(), "r")).isEmpty();
  }

  @Test
  void onlyANewKeyBeginsToSign() {
    assertThatThrownBy(() -> external("x", RSA).signs(NOW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("x._domainkey.example.com is not new but external");
    assertThat(external("x", RSA).signs(RSA.privateKey(), NOW).signingKey()).isPresent();
  }

  @Test
  void noTwoKeysDoTheSame() {
    assertThatThrownBy(() -> new DkimKeys(List.of(signing("a", RSA), signing("b", RSA))))
        .hasMessage("example.com has two rsa keys that are signing");
    assertThatThrownBy(() -> new DkimKeys(List.of(fresh("a", RSA), fresh("b", RSA))))
        .hasMessage("example.com has two rsa keys that are new");
    assertThatThrownBy(() -> new DkimKeys(List.of(fresh("a", RSA), signing("A", ED25519))))
        .hasMessage("two keys have the name a._domainkey.example.com");
  }

  @Test
  void namesThatWouldBreakAZoneFileAreRefused() {
    assertThatThrownBy(() -> external("a b", RSA)).hasMessageContaining("letters, digits");
    assertThatThrownBy(() -> external("a\"", RSA)).hasMessageContaining("letters, digits");
    assertThatThrownBy(() -> external("", RSA)).hasMessageContaining("not a selector");
    assertThatThrownBy(() -> external(".a", RSA)).hasMessageContaining("not a selector");
  }

  @Test
  void noSecretIsInTheTextForms() {
    var ring = new DkimKeys(List.of(signing("r", RSA), fresh("e", ED25519)));

    assertThat(ring.toString())
        .isEqualTo(
            "DkimKeys[DkimKey[r._domainkey.example.com RSA 1024 Signing[since"
                + " 2026-11-28T10:00:00Z]], DkimKey[e._domainkey.example.com Ed25519 New]]");
  }
}
