package dev.backstop.server.keys.dkim;

import static dev.backstop.server.keys.dkim.Samples.ED25519;
import static dev.backstop.server.keys.dkim.Samples.RSA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.testkit.dns.FakeResolver;
import org.junit.jupiter.api.Test;

class PublicationTest {
  private static final DkimKey KEY = Samples.fresh("s", RSA);
  private static final String NAME = "s._domainkey.example.com";

  @Test
  void theRecordIsVisibleHoweverItIsCut() {
    var resolver = new FakeResolver();
    resolver.txt(NAME, ZoneText.strings(KEY.record()).toArray(String[]::new));

    assertThat(Publication.of(KEY, resolver)).isEqualTo(new Publication.Visible());
    assertThat(resolver.questions()).containsExactly("TXT " + NAME);
  }

  @Test
  void aRecordBehindAnAliasIsVisible() {
    var resolver = new FakeResolver().cname(NAME, "s.keys.example.net");
    resolver.txt("s.keys.example.net", KEY.record());

    assertThat(Publication.of(KEY, resolver)).isEqualTo(new Publication.Visible());
  }

  @Test
  void nothingThereIsMissing() {
    var noData = new FakeResolver().address(NAME, "192.0.2.1");

    assertThat(Publication.of(KEY, new FakeResolver())).isEqualTo(new Publication.Missing());
    assertThat(Publication.of(KEY, noData)).isEqualTo(new Publication.Missing());
  }

  @Test
  void somethingElseThereIsSaid() {
    assertDifferent(
        "another key stands there",
        new FakeResolver()
            .txt(NAME, Samples.fresh("s", Samples.pair(Algorithm.RSA_SHA256)).record()));
    assertDifferent(
        "another key stands there",
        new FakeResolver().txt(NAME, Samples.fresh("s", ED25519).record()));
    assertDifferent("the key is revoked", new FakeResolver().txt(NAME, "v=DKIM1; p="));
    assertDifferent(
        "there are 2 TXT records",
        new FakeResolver().txt(NAME, KEY.record()).txt(NAME, KEY.record()));
  }

  @Test
  void noAnswerSaysNothing() {
    assertThat(Publication.of(KEY, new FakeResolver().timeout(NAME)).describe())
        .isEqualTo("cannot tell: name server did not answer in time");
    assertThat(Publication.of(KEY, new FakeResolver().serverFailure(NAME)))
        .isEqualTo(new Publication.Unknown("name server failure: SERVFAIL"));
  }

  private static void assertDifferent(String how, FakeResolver resolver) {
    Publication seen = Publication.of(KEY, resolver);
    assertThat(seen).isInstanceOf(Publication.Different.class);
    assertThat(seen.describe()).contains(how);
  }
}
