package dev.backstop.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.auth.doctor.dkim.OwnKey;
import dev.backstop.auth.doctor.dkim.OwnKey.Use;
import dev.backstop.dns.DnsName;
import dev.backstop.server.keys.dkim.DkimFile;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimKeyPair;
import dev.backstop.server.keys.dkim.DkimKeys;
import dev.backstop.server.keys.dkim.DkimState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnKeysTest {
  private static final DnsName DOMAIN = DnsName.of("example.com");
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final DkimKeyPair PAIR =
      DkimKeyPair.generate(Algorithm.ED25519_SHA256, 0, new SecureRandom());

  @TempDir Path data;
  private final StringWriter err = new StringWriter();

  private List<OwnKey> keys() {
    return OwnKeys.of(data, NOW, new PrintWriter(err, true));
  }

  private static DkimKey key(String selector, DkimState state) {
    return new DkimKey(DOMAIN, selector, PAIR.algorithm(), PAIR.publicKey(), NOW, state);
  }

  @Test
  void whatAKeyDoesDecidesWhatItNeeds() throws Exception {
    Instant lately = NOW.minus(DkimKey.GRACE).plus(Duration.ofHours(1));
    Instant longAgo = NOW.minus(DkimKey.GRACE);
    new DkimFile(data)
        .replace(
            new DkimKeys(
                List.of(
                    key("a", new DkimState.Signing(PAIR.privateKey(), NOW)),
                    key("b", new DkimState.New(PAIR.privateKey())),
                    key("c", new DkimState.External()),
                    key("d", new DkimState.Retired(lately)),
                    key("e", new DkimState.Retired(longAgo)))));
    assertThat(keys())
        .extracting(OwnKey::selector, OwnKey::use)
        .containsExactlyInAnyOrder(
            tuple("a", Use.SIGNING),
            tuple("b", Use.WAITING),
            tuple("c", Use.SIGNING),
            tuple("d", Use.LEAVING),
            tuple("e", Use.GONE));
    assertThat(keys())
        .extracting(OwnKey::record)
        .allMatch(it -> it.startsWith("v=DKIM1; k=ed25519"));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void withoutKeysThereIsNothingToCompare() {
    assertThat(keys()).isEmpty();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void keysThatCannotBeReadAreSaid() throws Exception {
    Files.writeString(data.resolve("dkim.json"), "{");
    assertThat(keys()).isEmpty();
    assertThat(err.toString()).contains("our DKIM keys are not compared");
  }
}
