package dev.backstop.bounce.tag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.Mailbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeaderTokenTest {
  private static final Instant NEW_YEAR_2020 = Instant.parse("2020-01-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Mailbox ANNA = new Mailbox("anna", "ours.example");
  private static final String ID = "<1@ours.example>";
  private static final HeaderToken TOKEN = new HeaderToken(ring(key(0, "secret", null)));

  private static TagKeys ring(TagKey... keys) {
    return new TagKeys(List.of(keys));
  }

  private static TagKey key(int number, String secret, @Nullable Instant retired) {
    return new TagKey(number, secret.getBytes(StandardCharsets.US_ASCII), Instant.EPOCH, retired);
  }

  private static TokenCheck verify(String token, Instant now) {
    return TOKEN.verify(token, ANNA, ID, now);
  }

  /** Cross-checked with openssl: HMAC under the key that HMAC makes of the secret. */
  @Test
  void aKnownToken() {
    assertThat(TOKEN.sign(ANNA, ID, NEW_YEAR_2020))
        .isEqualTo("0269b6578e32efd56dcbebc5d3ebaeb490a5");
  }

  @Test
  void countsFromItsDayToTheEndOfItsLife() {
    String token = TOKEN.sign(ANNA, ID, NEW_YEAR_2020);
    assertThat(verify(token, NEW_YEAR_2020)).isEqualTo(new TokenCheck.Valid(0, 7));
    assertThat(verify(token, NEW_YEAR_2020.plus(DAY.multipliedBy(7))))
        .isEqualTo(new TokenCheck.Valid(0, 0));
    assertThat(verify(token, NEW_YEAR_2020.plus(DAY.multipliedBy(8))))
        .isEqualTo(new TokenCheck.Expired(0));
  }

  /** Days are counted modulo 1000: no day but its eight may take it. */
  @Test
  void noStaleTokenCountsOnAnyDay() {
    for (long day = 0; day < 1000; day++) {
      Instant signed = Instant.ofEpochSecond(86_400L * (20_000 + day));
      String token = TOKEN.sign(ANNA, ID, signed);
      for (int later = 0; later < 1000; later += later < 9 ? 1 : 97) {
        assertThat(verify(token, signed.plus(DAY.multipliedBy(later))))
            .isInstanceOf(later <= 7 ? TokenCheck.Valid.class : TokenCheck.Expired.class);
      }
    }
  }

  @Test
  void countsWhereItIsStillTheDayBeforeAndNoDayEarlier() {
    String token = TOKEN.sign(ANNA, ID, NEW_YEAR_2020);
    assertThat(verify(token, NEW_YEAR_2020.minus(DAY))).isInstanceOf(TokenCheck.Valid.class);
    assertThat(verify(token, NEW_YEAR_2020.minus(DAY.multipliedBy(2))))
        .isInstanceOf(TokenCheck.Expired.class);
  }

  @Test
  void blanksFoldsAndCaseDoNotMatter() {
    String token = TOKEN.sign(ANNA, ID, NEW_YEAR_2020);
    for (String written :
        List.of(
            "  " + token.toUpperCase(Locale.ROOT) + "\t",
            token.substring(0, 20) + "\r\n " + token.substring(20))) {
      assertThat(verify(written, NEW_YEAR_2020)).isInstanceOf(TokenCheck.Valid.class);
    }
    assertThat(TOKEN.verify(token, new Mailbox("ANNA", "Ours.Example"), ID + " ", NEW_YEAR_2020))
        .isInstanceOf(TokenCheck.Valid.class);
  }

  @Test
  void isForOneSenderAndOneMessage() {
    String token = TOKEN.sign(ANNA, ID, NEW_YEAR_2020);
    var wrong = new TokenCheck.Invalid("it is not signed for this sender and Message-ID");
    assertThat(TOKEN.verify(token, new Mailbox("bob", "ours.example"), ID, NEW_YEAR_2020))
        .isEqualTo(wrong);
    assertThat(TOKEN.verify(token, ANNA, "<2@ours.example>", NEW_YEAR_2020)).isEqualTo(wrong);
    for (int i = 1; i < token.length(); i++) {
      char other = token.charAt(i) == '1' ? '2' : '1';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(verify(changed, NEW_YEAR_2020)).as(changed).isEqualTo(wrong);
    }
  }

  @Test
  void aRetiredKeyCountsUntilItsLastTokenHasExpired() {
    String token = TOKEN.sign(ANNA, ID, NEW_YEAR_2020);
    var next = new HeaderToken(ring(key(0, "secret", NEW_YEAR_2020), key(1, "other", null)));
    assertThat(next.sign(ANNA, ID, NEW_YEAR_2020)).startsWith("1269");
    assertThat(next.verify(token, ANNA, ID, NEW_YEAR_2020.plus(DAY.multipliedBy(7))))
        .isInstanceOf(TokenCheck.Valid.class);
    var long1 =
        new HeaderToken(
            ring(key(0, "secret", NEW_YEAR_2020.minus(DAY.multipliedBy(9))), key(1, "x", null)));
    assertThat(long1.verify(token, ANNA, ID, NEW_YEAR_2020)).isEqualTo(new TokenCheck.Expired(0));
    assertThat(TOKEN.verify("1" + token.substring(1), ANNA, ID, NEW_YEAR_2020))
        .isEqualTo(new TokenCheck.Invalid("there is no key 1"));
  }

  @Test
  void anythingElseIsNoToken() {
    for (String value :
        List.of(
            "", "0269", "x".repeat(1_000_000), "0".repeat(35), "0".repeat(37), "a".repeat(36))) {
      assertThat(verify(value, NEW_YEAR_2020)).isEqualTo(new TokenCheck.Invalid("it is no token"));
    }
  }

  /** What is known of tags must say nothing about tokens. */
  @Test
  void isMadeWithAKeyOfItsOwn() {
    String token = TOKEN.sign(ANNA, ID, NEW_YEAR_2020);
    String tag =
        Tagger.signature(
            "secret".getBytes(StandardCharsets.US_ASCII), token.substring(0, 4) + ANNA);
    assertThat(token.substring(4)).doesNotStartWith(tag);
  }
}
