package dev.backstop.bounce.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaggerTest {
  private static final Instant NEW_YEAR_2020 = Instant.parse("2020-01-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Tagger TAGGER = new Tagger(ring(key(0, "secret")));

  /**
   * Cross-checked against a second implementation of the draft; the function alone, before any
   * normalising.
   */
  @ParameterizedTest
  @CsvSource({
    "0269userx@test.ex,     secret, 4aa88d",
    "1269userx@test.ex,     secret, e7157b",
    "8269userx@test.ex,     secret, 5f5cb1",
    "0000userx@test.ex,     secret, d6aa36",
    "0006userx@test.ex,     secret, 99bac2",
    "0999userx@test.ex,     secret, fb7905",
    "0269Userx@test.ex,     secret, db7598",
    "0269userx@TEST.EX,     secret, 5f425b",
    "0269userx+tag@test.ex, secret, 794489",
    "0786userx@test.ex,     secret, d6aa1a",
    "0269userx@test.ex, kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk, 4c0e67",
  })
  void knownSignatures(String signed, String secret, String expected) {
    assertThat(Tagger.signature(bytes(secret), signed)).isEqualTo(expected);
  }

  @Test
  void signsWithTheKeyNumberAndTheDayOfExpiry() throws Exception {
    assertThat(TAGGER.sign(mailbox("userx@test.ex"), TagForm.PRVS, NEW_YEAR_2020))
        .contains(mailbox("prvs=02694aa88d=userx@test.ex"));
    assertThat(TAGGER.sign(mailbox("userx@test.ex"), TagForm.SUB_ADDRESS, NEW_YEAR_2020))
        .contains(mailbox("userx+prvs=02694aa88d@test.ex"));
  }

  @Test
  void aSubAddressOfTheUserStaysInFrontOfTheTag() throws Exception {
    Mailbox tagged =
        TAGGER.sign(mailbox("userx+tag@test.ex"), TagForm.SUB_ADDRESS, NEW_YEAR_2020).orElseThrow();

    assertThat(tagged).hasToString("userx+tag+prvs=0269794489@test.ex");
    assertThat(TAGGER.verify(tagged, NEW_YEAR_2020).plain())
        .isEqualTo(mailbox("userx+tag@test.ex"));
  }

  /**
   * Postfix asks its tables for the address in lower case: a tag over capitals would look forged.
   */
  @Test
  void aTagSurvivesTheFoldingOfItsAddress() throws Exception {
    Mailbox tagged =
        TAGGER.sign(mailbox("UserX@test.ex"), TagForm.PRVS, NEW_YEAR_2020).orElseThrow();

    assertThat(tagged).hasToString("prvs=02694aa88d=UserX@test.ex");
    assertThat(TAGGER.verify(mailbox("prvs=02694aa88d=userx@test.ex"), NEW_YEAR_2020))
        .isInstanceOf(TagCheck.Valid.class);
    assertThat(TAGGER.verify(tagged, NEW_YEAR_2020))
        .isEqualTo(new TagCheck.Valid(mailbox("UserX@test.ex"), 0, 7));
  }

  @Test
  void aTagOverTheLocalPartAsItStandsIsAcceptedFromOtherImplementations() throws Exception {
    assertThat(TAGGER.verify(mailbox("prvs=0269db7598=Userx@test.ex"), NEW_YEAR_2020))
        .isInstanceOf(TagCheck.Valid.class);
  }

  @Test
  void theDomainIsSignedInLowerCase() throws Exception {
    assertThat(TAGGER.sign(mailbox("userx@TEST.EX"), TagForm.PRVS, NEW_YEAR_2020))
        .contains(mailbox("prvs=02694aa88d=userx@test.ex"));
  }

  @Test
  void aQuotedLocalPartIsTaggedInsideItsQuotes() throws Exception {
    Mailbox plain = mailbox("\"a b\"@test.ex");
    Mailbox tagged = TAGGER.sign(plain, TagForm.PRVS, NEW_YEAR_2020).orElseThrow();

    assertThat(tagged.localPart()).matches("\"prvs=0269[0-9a-f]{6}=a b\"");
    assertThat(TAGGER.verify(tagged, NEW_YEAR_2020)).isEqualTo(new TagCheck.Valid(plain, 0, 7));
  }

  @Test
  void theTagIsTheSameAllDayAndAnotherTomorrow() throws Exception {
    Mailbox plain = mailbox("userx@test.ex");
    Instant midnight = Instant.parse("2020-01-01T00:00:00Z");
    Optional<Mailbox> first = TAGGER.sign(plain, TagForm.PRVS, midnight);

    assertThat(TAGGER.sign(plain, TagForm.PRVS, midnight.plus(DAY).minusMillis(1)))
        .isEqualTo(first);
    assertThat(TAGGER.sign(plain, TagForm.PRVS, midnight.plus(DAY))).isNotEqualTo(first);
  }

  @Test
  void countsForSevenDaysAndNotOneMore() throws Exception {
    Mailbox tagged = mailbox("prvs=02694aa88d=userx@test.ex");

    for (int days = 0; days <= 7; days++) {
      assertThat(TAGGER.verify(tagged, NEW_YEAR_2020.plus(Duration.ofDays(days))))
          .isEqualTo(new TagCheck.Valid(mailbox("userx@test.ex"), 0, 7 - days));
    }
    assertThat(TAGGER.verify(tagged, NEW_YEAR_2020.plus(Duration.ofDays(8))))
        .isInstanceOf(TagCheck.Expired.class);
  }

  @Test
  void countsWhereItIsStillTheDayBeforeAndNoDayEarlier() throws Exception {
    Instant midnight = Instant.parse("2027-07-01T00:00:00Z"); // day 000
    Mailbox tagged = TAGGER.sign(mailbox("userx@test.ex"), TagForm.PRVS, midnight).orElseThrow();

    assertThat(TAGGER.verify(tagged, midnight.minusSeconds(1)))
        .as("another server whose clock is behind, or this one's set back")
        .isInstanceOf(TagCheck.Valid.class);
    assertThat(TAGGER.verify(tagged, midnight.minus(DAY).minusSeconds(1)))
        .isInstanceOf(TagCheck.Expired.class);
  }

  /**
   * A comparison of one side only accepts half of all stale tags, as one large mail server shows.
   */
  @Test
  void noStaleTagCountsOnAnyOfAllPairsOfDays() {
    for (int today = 0; today < 1000; today++) {
      for (int expiry = 0; expiry < 1000; expiry++) {
        int daysLeft = new Tag(0, expiry, "000000").daysLeft(today);
        boolean accepted = Tagger.isInTime(daysLeft);
        boolean inTime = (expiry - today >= 0 && expiry - today <= 8) || expiry - today <= -992;
        assertThat(accepted).isEqualTo(inTime);
      }
    }
  }

  @Test
  void wrapsFromDay999ToDay000() throws Exception {
    Instant day996 = Instant.ofEpochSecond(18_996L * 86_400);
    Mailbox tagged = TAGGER.sign(mailbox("userx@test.ex"), TagForm.PRVS, day996).orElseThrow();

    assertThat(tagged.localPart()).startsWith("prvs=0003");
    assertThat(TAGGER.verify(tagged, day996.plus(Duration.ofDays(7))))
        .isInstanceOf(TagCheck.Valid.class);
    assertThat(TAGGER.verify(tagged, day996.plus(Duration.ofDays(8))))
        .isInstanceOf(TagCheck.Expired.class);
  }

  @Test
  void caseOfMarksAndDigitsIsIgnored() throws Exception {
    assertThat(TAGGER.verify(mailbox("PRVS=02694AA88D=userx@TEST.ex"), NEW_YEAR_2020))
        .isInstanceOf(TagCheck.Valid.class);
  }

  @Test
  void anotherUsersTagIsInvalid() throws Exception {
    assertThat(TAGGER.verify(mailbox("prvs=02694aa88d=other@test.ex"), NEW_YEAR_2020))
        .isEqualTo(new TagCheck.Invalid(mailbox("other@test.ex"), "the signature is wrong"));
    assertThat(TAGGER.verify(mailbox("prvs=12694aa88d=userx@test.ex"), NEW_YEAR_2020))
        .isEqualTo(new TagCheck.Invalid(mailbox("userx@test.ex"), "there is no key 1"));
  }

  /** The dialects that other products write. Their tags say nothing to us. */
  @ParameterizedTest
  @CsvSource({
    "prvs=userx=02694aa88d@test.ex, prvs",
    "prvs=0123=userx@test.ex, prvs",
    "btv1==02694aa88d==userx@test.ex, btv1",
    "msprvs1=18269abcdef=userx@test.ex, msprvs1",
    "MSPRVS1=x=userx@test.ex, msprvs1",
  })
  void foreignDialectsAreRecognisedAndLeftAlone(String address, String dialect) throws Exception {
    assertThat(TAGGER.verify(mailbox(address), NEW_YEAR_2020))
        .isEqualTo(new TagCheck.Foreign(dialect, mailbox(address)));
  }

  @ParameterizedTest
  @CsvSource({
    "userx@test.ex",
    "prvs@test.ex",
    "prvs=@test.ex",
    "prvs=02694aa88d=@test.ex",
    "userx+prvs=@test.ex",
    "userx+prvs=x@test.ex",
    "btv1==@test.ex",
    "+prvs=02694aa88d@test.ex",
  })
  void addressesThatOnlyLookLikeTagsAreMissingOne(String address) throws Exception {
    assertThat(TAGGER.verify(mailbox(address), NEW_YEAR_2020))
        .isEqualTo(new TagCheck.Missing(mailbox(address)));
  }

  @Test
  void aLocalPartThatWouldGrowOver64OctetsIsNotTagged() throws Exception {
    assertThat(TAGGER.sign(mailbox("u".repeat(48) + "@test.ex"), TagForm.PRVS, NEW_YEAR_2020))
        .isPresent();
    assertThat(TAGGER.sign(mailbox("u".repeat(49) + "@test.ex"), TagForm.PRVS, NEW_YEAR_2020))
        .isEmpty();
  }

  @Test
  void retiredKeysVerifyUntilTheirTagsHaveExpired() throws Exception {
    Mailbox tagged =
        TAGGER.sign(mailbox("userx@test.ex"), TagForm.PRVS, NEW_YEAR_2020).orElseThrow();
    TagKeys rotated = ring(key(0, "secret")).rotated(bytes("next"), NEW_YEAR_2020);
    Tagger after = new Tagger(rotated);

    assertThat(rotated.signing().number()).isEqualTo(1);
    assertThat(after.verify(tagged, NEW_YEAR_2020.plus(Duration.ofDays(7))))
        .isInstanceOf(TagCheck.Valid.class);
    assertThat(
            TagKeys.verifies(
                rotated.numbered(0).orElseThrow(), NEW_YEAR_2020.plus(Duration.ofDays(8))))
        .isFalse();
    assertThat(
            after
                .sign(mailbox("userx@test.ex"), TagForm.PRVS, NEW_YEAR_2020)
                .orElseThrow()
                .localPart())
        .startsWith("prvs=1269");
  }

  @Test
  void tenKeysRotateAndNoneIsOverwrittenWhileItCounts() {
    TagKeys keys = ring(key(0, "secret"));
    Instant now = NEW_YEAR_2020;
    for (int turn = 1; turn <= 25; turn++) {
      now = now.plus(DAY);
      keys = keys.rotated(bytes("secret " + turn), now);
      assertThat(keys.signing().number()).isEqualTo(turn % 10);
    }
    assertThat(keys.keys()).hasSize(10);
    TagKeys full = keys;
    Instant tooSoon = now;
    assertThatThrownBy(() -> rotateTenTimes(full, tooSoon))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("all other keys still verify tags that are on their way");
  }

  private static TagKeys rotateTenTimes(TagKeys keys, Instant now) {
    TagKeys ring = keys;
    for (int turn = 0; turn < 10; turn++) {
      ring = ring.rotated(bytes("again"), now);
    }
    return ring;
  }

  @Test
  void neitherKeyNorRingShowsTheSecret() {
    assertThat(ring(key(0, "secret")).toString()).doesNotContain("secret");
  }

  private static TagKeys ring(TagKey... keys) {
    return new TagKeys(List.of(keys));
  }

  private static TagKey key(int number, String secret) {
    return new TagKey(number, bytes(secret), NEW_YEAR_2020, null);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Mailbox mailbox(String text) throws AddressSyntaxException {
    return Mailbox.parse(text);
  }
}
