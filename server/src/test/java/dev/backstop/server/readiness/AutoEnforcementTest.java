package dev.backstop.server.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.server.Site;
import dev.backstop.server.config.BackstopConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A domain of mode auto, from its first day on. */
class AutoEnforcementTest {
  private static final String AUTO = "domains = [\"ours.test\"]\nmode = \"auto\"\n";

  @TempDir Path folder;

  @Test
  void enforcesWhenItHasBeenSafeForATagsLifetime() throws Exception {
    try (var site = new Site(folder, AUTO)) {
      BackstopConfig config = site.rules.config();
      var automatic = new AutoEnforcement(site.store, site);
      assertThat(automatic.look(config)).contains(Set.of());

      send(site);
      assertThat(automatic.look(config)).contains(Set.of());

      site.pass(Duration.ofDays(6));
      send(site);
      assertThat(automatic.look(config)).contains(Set.of());

      site.pass(Duration.ofDays(2));
      assertThat(automatic.look(config)).contains(Set.of("ours.test"));
      assertThat(site.store.enforcement().all()).containsOnlyKeys("ours.test");
    }
  }

  /** A newsletter service that nobody had thought of. */
  @Test
  void goesBackWhenMailIsProvedToLeavePastUs() throws Exception {
    String spf = "v=spf1 ip4:192.0.2.7 -all";
    try (var site = new Site(folder, AUTO)) {
      site.names.txt("ours.test", spf).txt("_dmarc.ours.test", "v=DMARC1; p=none");
      BackstopConfig config = site.rules.config();
      var automatic = new AutoEnforcement(site.store, site);
      site.pass(Duration.ofDays(8));
      send(site);
      assertThat(automatic.look(config)).contains(Set.of("ours.test"));

      for (int i = 0; i < 3; i++) {
        site.receive("<news@ours.test>", "anna@ours.test", "From: news@ours.test\n\nNews\n");
      }
      written(site);
      assertThat(automatic.look(config)).contains(Set.of());
      assertThat(Readiness.of(site.store, "ours.test", site.instant()).obstacles())
          .extracting(Obstacle::code)
          .contains("from-outside");
    }
  }

  @Test
  void endsWhenTheOwnerDecidesOtherwise() throws Exception {
    try (var site = new Site(folder, AUTO)) {
      site.store.enforcement().begin("ours.test", site.instant());
      BackstopConfig observing = BackstopConfig.defaults().withDomains(Set.of("ours.test"));

      assertThat(new AutoEnforcement(site.store, site).look(observing)).contains(Set.of());
      assertThat(site.store.enforcement().all()).isEmpty();
    }
  }

  @Test
  void whatHeldBeforeGoesOnWhileTheStoreCannotTell() throws Exception {
    try (var site = new Site(folder, AUTO)) {
      site.store.close();

      assertThat(new AutoEnforcement(site.store, site).look(site.rules.config())).isEmpty();
    }
  }

  private static void send(Site site) throws Exception {
    site.send("anna@ours.test", "<1@ours.test>", "bob@example.com");
    written(site);
  }

  /** The writer takes what waits together with the next mail. */
  private static void written(Site site) throws Exception {
    site.learning.write();
    site.send("anna@ours.test", "<2@ours.test>", "bob@example.com");
    site.store.journal().begin(Set.of("ours.test"));
  }
}
