package dev.backstop.server.backscatterers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.server.config.BackscattererRules;
import dev.backstop.server.metrics.BackscattererMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackscatterersTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    // too few
    "4, 0, false",
    "5, 0, true",
    // nine of ten must be false
    "9, 1, true",
    "8, 1, false",
    "90, 10, true",
    "90, 11, false",
    // a big provider
    "1000, 1000, false",
    "0, 50, false",
  })
  void aHostIsListedForManyFalseAnswersAndHardlyAnyTrueOnes(
      int falseOnes, int genuine, boolean listed) throws Exception {
    try (var scene = new Scene(folder)) {
      scene.sends("192.0.2.7", falseOnes, genuine);
      assertThat(scene.lists("192.0.2.7")).isEqualTo(listed);
      assertThat(scene.list.listedHosts()).isEqualTo(listed ? 1 : 0);
      assertThat(scene.list.hosts())
          .singleElement()
          .satisfies(host -> {
            assertThat(host.backscatter()).isEqualTo(falseOnes);
            assertThat(host.genuine()).isEqualTo(genuine);
            assertThat(host.listed()).isEqualTo(listed);
          });
    }
  }

  @Test
  void aListingFadesAway() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.sends("192.0.2.7", 10, 0);
      scene.pass(Duration.ofDays(7));
      assertThat(scene.lists("192.0.2.7")).as("exactly 5 are left").isTrue();
      scene.pass(Duration.ofSeconds(1));
      assertThat(scene.lists("192.0.2.7")).isFalse();
      scene.sends("192.0.2.7", 1, 0);
      assertThat(scene.lists("192.0.2.7")).isTrue();
      assertThat(scene.list.hosts().getFirst().backscatter()).isCloseTo(6, within(0.01));
    }
  }

  @Test
  void onlyWhatWasDecidedCounts() throws Exception {
    try (var scene = new Scene(folder)) {
      for (int i = 0; i < 50; i++) {
        scene.list.seen(Scene.address("192.0.2.7"), Verdict.ORDINARY, Scene.START);
        scene.list.seen(Scene.address("192.0.2.7"), Verdict.UNPROVEN, Scene.START);
      }
      assertThat(scene.list.known()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::1",
        "10.1.2.3",
        "192.168.1.1",
        "172.16.0.1",
        "100.64.0.1",
        "169.254.0.1",
        "fd00::1",
        "fe80::1",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "203.0.113.9"
      })
  void ourOwnAndThoseThatNobodyCanReachAreNotCounted(String address) throws Exception {
    try (var scene = new Scene(folder)) {
      scene.sends(address, 50, 0);
      assertThat(scene.list.known()).isZero();
      assertThat(scene.lists(address)).isFalse();
    }
  }

  @Test
  void whoIsOursByTheSessionIsNotCounted() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.list.seen(
          peer("192.0.2.7", "mx.example.net", "anna", false), Verdict.BACKSCATTER, Scene.START);
      scene.list.seen(
          peer("192.0.2.7", "mx.example.net", null, true), Verdict.BACKSCATTER, Scene.START);
      scene.list.seen(peer(null, "unknown", null, false), Verdict.BACKSCATTER, Scene.START);
      assertThat(scene.list.known()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mx.example.net, mx.example.net",
    "unknown, ''",
    "[192.0.2.7], ''",
    "'a b.example', ''",
    "'a\nb.example', ''",
    "mx.exämple.net, ''",
  })
  void aNameIsKeptWhereItCanBeShown(String told, String shown) throws Exception {
    try (var scene = new Scene(folder)) {
      scene.list.seen(peer("192.0.2.7", told, null, false), Verdict.BACKSCATTER, Scene.START);
      assertThat(scene.list.hosts()).singleElement().extracting(Listing::name).isEqualTo(shown);
      scene.reopen();
      assertThat(scene.list.hosts()).singleElement().extracting(Listing::name).isEqualTo(shown);
    }
  }

  @Test
  void allAddressesOfAnIpv6HostAreOne() throws Exception {
    try (var scene = new Scene(folder)) {
      for (int i = 1; i <= 5; i++) {
        scene.sends("2001:db8:1:2::" + i, 1, 0);
      }
      assertThat(scene.list.known()).isEqualTo(1);
      assertThat(scene.lists("2001:db8:1:2:ffff::")).isTrue();
      assertThat(scene.lists("2001:db8:1:3::1")).as("a neighbour").isFalse();
    }
  }

  @Test
  void aNetworkIsListedForSeveralHostsOnly() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.sends("192.0.2.1", 100, 0);
      scene.sends("192.0.2.2", 2, 0);
      assertThat(scene.lists("192.0.2.99")).as("two hosts").isFalse();
      scene.sends("192.0.2.3", 1, 0);
      assertThat(scene.list.listed(Scene.address("192.0.2.99")))
          .hasValueSatisfying(listing -> {
            assertThat(listing.block()).hasToString("192.0.2.0/24");
            assertThat(listing.backscatter()).isEqualTo(103);
            assertThat(listing.hosts()).isEqualTo(3);
          });
      assertThat(scene.lists("192.0.2.3")).as("follows its network").isTrue();
      scene.sends("192.0.2.4", 1, 3);
      assertThat(scene.lists("192.0.2.4")).as("has a better record of its own").isFalse();
      assertThat(scene.lists("192.0.3.1")).as("another network").isFalse();
      scene.sends("192.0.2.5", 0, 20);
      assertThat(scene.lists("192.0.2.99")).as("many true answers").isFalse();
      assertThat(scene.lists("192.0.2.1")).as("the host itself stays").isTrue();
    }
  }

  @Test
  void beyondTheBoundTheWeakestGo() throws Exception {
    try (var scene = new Scene(folder, 64)) {
      scene.sends("198.51.100.1", 30, 0);
      for (int i = 0; i < 2_000; i++) {
        scene.pass(Duration.ofSeconds(1));
        scene.sends("%d.%d.0.1".formatted(11 + i / 250, i % 250), 1, 0);
        assertThat(scene.list.known()).isBetween(1, 64);
      }
      assertThat(scene.lists("198.51.100.1")).as("the strongest stays").isTrue();
      assertThat(scene.list.hosts())
          .as("and the youngest")
          .anySatisfy(host -> assertThat(host.block()).hasToString("18.249.0.1"));
      scene.reopen();
      assertThat(scene.store.reporters().load(10_000)).hasSize(scene.list.known());
    }
  }

  @Test
  void oneNetworkCannotCrowdOutOthers() throws Exception {
    try (var scene = new Scene(folder, 1_000)) {
      scene.sends("192.0.2.7", 1, 0);
      for (int i = 0; i < 3_000; i++) {
        scene.sends("2001:db8:1:%x::1".formatted(i), 1, 0);
      }
      assertThat(scene.list.known()).isEqualTo(1 + Counts.MOST_OF_A_NETWORK);
      assertThat(scene.lists("2001:db8:1:ffff::1")).as("the network is").isTrue();
    }
  }

  @Test
  void otherRulesCountFromNowOn() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.sends("192.0.2.7", 5, 0);
      scene.list.use(BackscattererRules.DEFAULT.withLeast(6));
      assertThat(scene.lists("192.0.2.7")).isFalse();
    }
  }

  @Test
  void metricsShowWhoIsKnownAndListed() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.sends("192.0.2.7", 5, 0);
      scene.sends("198.51.100.7", 1, 1);
      var registry = new PrometheusRegistry();
      BackscattererMetrics.register(registry, scene.list, new DnsLists.Counters());
      assertThat(gauge(registry, "backstop_backscatterers_known")).isEqualTo(2);
      assertThat(gauge(registry, "backstop_backscatterers_listed")).isEqualTo(1);
    }
  }

  private static double gauge(PrometheusRegistry registry, String name) {
    return registry.scrape(name::equals).stream()
        .map(GaugeSnapshot.class::cast)
        .flatMap(each -> each.getDataPoints().stream())
        .mapToDouble(GaugeSnapshot.GaugeDataPointSnapshot::getValue)
        .sum();
  }

  @Test
  void manyThreadsLoseNothing() throws Exception {
    try (var scene = new Scene(folder)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        threads.add(Thread.ofVirtual().start(() -> scene.sends("192.0.2.7", 500, 500)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(scene.list.hosts().getFirst().backscatter()).isEqualTo(4_000);
      assertThat(scene.list.hosts().getFirst().genuine()).isEqualTo(4_000);
    }
  }

  private static Peer peer(
      @Nullable String address, String name, @Nullable String login, boolean local) {
    return new Peer(address == null ? null : Scene.address(address), name, null, login, local);
  }
}
