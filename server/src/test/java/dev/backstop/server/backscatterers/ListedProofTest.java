package dev.backstop.server.backscatterers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Finding;
import dev.backstop.bounce.proof.Proof;
import dev.backstop.bounce.proof.Strength;
import dev.backstop.dns.DnsName;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.config.BackscattererRules;
import dev.backstop.testkit.dns.FakeResolver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListedProofTest {
  private static final String LIST = "ips.bl.example";
  private static final String PEER = "192.0.2.7";
  private static final String PEER_6 = "2001:db8::7";
  private static final String ASKED = "7.2.0.192." + LIST;
  private static final String ASKED_6 =
      "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2." + LIST;
  private static final String ALWAYS_6 = "2.0.0.0.0.0.f.7.f.f.f.f" + ".0".repeat(20) + "." + LIST;

  private final FakeResolver names = new FakeResolver();
  private final DnsLists.Counters counters = new DnsLists.Counters();
  private Instant now = Scene.START;
  private final InstantSource clock = () -> now;

  @Test
  void aHostOnAListInDnsIsADoubtAndNoMore() throws Exception {
    working(LIST).address(ASKED, "127.0.0.2");
    Evidence evidence = proof(LIST).of(Scene.address(PEER), NullReversePath.INSTANCE);
    assertThat(evidence)
        .isEqualTo(
            Evidence.doubt(
                Proof.LISTED,
                "the reporting host is on a list of backscatterers (ips.bl.example)"));
    assertThat(evidence.strength()).isEqualTo(Strength.SLIGHT);
    assertThat(counters.count(DnsResult.LISTED)).isEqualTo(1);
  }

  /** RFC 5782 §2.4. */
  @Test
  void anIpv6HostIsAskedForByItsNibblesWhereTheListKnowsIpv6() throws Exception {
    working(LIST).address(ASKED_6, "127.0.0.2");
    assertThat(finding(proof(LIST), PEER_6, "<>")).isEqualTo(Finding.NONE);
    assertThat(names.questions()).doesNotContain("A " + ASKED_6);
    assertThat(counters.count(DnsResult.IGNORED)).isEqualTo(1);

    names.address(ALWAYS_6, "127.0.0.2");
    assertThat(finding(proof(LIST), PEER_6, "<>")).isEqualTo(Finding.DISPROVEN);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2, DISPROVEN, LISTED",
    "127.1.2.3, DISPROVEN, LISTED",
    "127.255.255.252, ERROR, REFUSED",
    "127.255.255.254, ERROR, REFUSED",
    "127.255.255.255, ERROR, REFUSED",
    "192.0.2.1, ERROR, NONSENSE",
    "nothing, NONE, NOT_LISTED",
    "timeout, ERROR, UNANSWERED",
    "failure, ERROR, UNANSWERED",
  })
  void eachAnswerOfAListHasItsMeaning(String answer, Finding finding, DnsResult result)
      throws Exception {
    working(LIST);
    switch (answer) {
      case "nothing" -> {}
      case "timeout" -> names.timeout(ASKED);
      case "failure" -> names.serverFailure(ASKED);
      default -> names.address(ASKED, answer);
    }
    Evidence evidence = proof(LIST).of(Scene.address(PEER), NullReversePath.INSTANCE);
    assertThat(evidence.finding()).isEqualTo(finding);
    assertThat(evidence.strength()).isEqualTo(Strength.SLIGHT);
    assertThat(counters.count(result)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "<>, true",
    "<postmaster@example.net>, true",
    "<PostMaster@example.net>, true",
    "<mailer-daemon@example.net>, false",
    "<anna@example.net>, false",
  })
  void onlyNullAndPostmasterSendersAreAskedAbout(String sender, boolean asked) throws Exception {
    working(LIST).address(ASKED, "127.0.0.2");
    assertThat(finding(proof(LIST), PEER, sender))
        .isEqualTo(asked ? Finding.DISPROVEN : Finding.NONE);
    assertThat(names.questions().isEmpty()).isNotEqualTo(asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "10.0.0.1", "192.168.0.1", "fd00::1", "203.0.113.9"})
  void nobodyIsToldOfOurOwnHosts(String address) throws Exception {
    working(LIST);
    assertThat(finding(proof(LIST), address, "<>")).isEqualTo(Finding.NONE);
    assertThat(names.questions()).isEmpty();
  }

  @Test
  void withoutListsNobodyIsAsked() throws Exception {
    assertThat(finding(proof(), PEER, "<>")).isEqualTo(Finding.NONE);
    assertThat(names.questions()).isEmpty();
  }

  /** RFC 5782 §5: 127.0.0.2 must be on a list, 127.0.0.1 must not. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.2, 127.0.0.2, NONE, IGNORED", // the whole world
    "nothing, nothing, NONE, IGNORED", // nobody
    "192.0.2.1, 192.0.2.1, NONE, IGNORED", // a domain for sale
    "127.0.0.2, 192.0.2.1, NONE, IGNORED",
    "127.255.255.254, 127.255.255.254, ERROR, REFUSED",
  })
  void aListWhoseTestAddressesAreWrongIsNotAsked(
      String always, String never, Finding finding, DnsResult result) throws Exception {
    if (!always.equals("nothing")) {
      names.address("2.0.0.127." + LIST, always);
      names.address("1.0.0.127." + LIST, never);
    }
    names.address(ASKED, "127.0.0.2");
    assertThat(finding(proof(LIST), PEER, "<>")).isEqualTo(finding);
    assertThat(names.questions()).doesNotContain("A " + ASKED);
    assertThat(counters.count(result)).isEqualTo(1);
  }

  @Test
  void aListThatBreaksIsFoundOutWithinTheHourAndOneThatIsMendedToo() throws Exception {
    working(LIST).address(ASKED, "127.0.0.2");
    ListedProof proof = proof(LIST);
    assertThat(finding(proof, PEER, "<>")).isEqualTo(Finding.DISPROVEN);
    names.address("1.0.0.127." + LIST, "127.0.0.2");
    now = now.plus(Duration.ofMinutes(59));
    assertThat(finding(proof, PEER, "<>")).isEqualTo(Finding.DISPROVEN);
    now = now.plus(Duration.ofMinutes(1));
    awaitFinding(proof, Finding.NONE);
  }

  @Test
  void aListThatDoesNotAnswerIsLeftAloneForAMinute() throws Exception {
    working(LIST).timeout(ASKED);
    ListedProof proof = proof(LIST);
    for (int i = 0; i < 10; i++) {
      assertThat(finding(proof, PEER, "<>")).isEqualTo(Finding.ERROR);
    }
    assertThat(names.questions().stream().filter(("A " + ASKED)::equals)).hasSize(3);
    now = now.plus(Duration.ofMinutes(1));
    finding(proof, PEER, "<>"); // has the test addresses asked, which do answer
    awaitQuestions("A " + ASKED, 4, proof);
  }

  @Test
  void ofSeveralListsTheFirstThatSaysYesIsEnough() throws Exception {
    working("a.example").timeout("7.2.0.192.a.example");
    working("b.example").address("7.2.0.192.b.example", "127.0.0.2");
    working("c.example");
    Evidence evidence =
        proof("a.example", "b.example", "c.example")
            .of(Scene.address(PEER), NullReversePath.INSTANCE);
    assertThat(evidence.finding()).isEqualTo(Finding.DISPROVEN);
    assertThat(evidence.detail()).contains("(b.example)");
    assertThat(names.questions()).noneMatch(question -> question.contains("c.example"));
  }

  @Test
  void whatAMessageMayCostIsBounded() throws Exception {
    String slow = "slow.example";
    names.timeout("2.0.0.127." + slow);
    assertThat(finding(proof(slow), PEER, "<>")).isEqualTo(Finding.ERROR);
    assertThat(names.questions()).hasSizeLessThanOrEqualTo(4);
  }

  /** Some lists have the customer's key in their name, and evidence stands in headers. */
  @Test
  void aKeyInTheNameOfAListIsNotTold() throws Exception {
    String list = "secretkey.zen.dq.list.example";
    working(list).address("7.2.0.192." + list, "127.0.0.2");
    Evidence evidence = proof(list).of(Scene.address(PEER), NullReversePath.INSTANCE);
    assertThat(evidence.detail()).doesNotContain("secretkey").contains("dq.list.example");
  }

  @Test
  void ourOwnListGoesFirstAndForAnySender() throws Exception {
    working(LIST);
    var listing =
        new Listing(
            Block.host(Scene.address(PEER)), "mx.example.net", 11.2, 0.4, 1, Scene.START, true);
    var proof = new ListedProof(_ -> Optional.of(listing), lists(LIST));
    assertThat(proof.of(Scene.address(PEER), ReversePath.parse("<anna@example.net>")))
        .isEqualTo(
            Evidence.doubt(
                Proof.LISTED,
                "the reporting host is known to us for answering forged mail: of what it sent"
                    + " lately and could be judged, 96 % was false"));
    assertThat(names.questions()).isEmpty();
  }

  @Test
  void aTransactionOfOurOwnClientsSaysNothing() throws Exception {
    working(LIST).address(ASKED, "127.0.0.2");
    assertThat(proof(LIST).of(transaction(null, false)).finding()).isEqualTo(Finding.DISPROVEN);
    assertThat(proof(LIST).of(transaction("anna", false)).finding()).isEqualTo(Finding.NONE);
    assertThat(proof(LIST).of(transaction(null, true)).finding()).isEqualTo(Finding.NONE);
    assertThat(proof(LIST).of(null, NullReversePath.INSTANCE).finding()).isEqualTo(Finding.NONE);
  }

  private static Transaction transaction(@Nullable String login, boolean local) {
    var peer = new Peer(Scene.address(PEER), "mx.example.net", null, login, local);
    return new Transaction(peer, null, NullReversePath.INSTANCE, List.of());
  }

  private FakeResolver working(String list) {
    return names.address("2.0.0.127." + list, "127.0.0.2");
  }

  private DnsLists lists(String... zones) {
    BackscattererRules usual = BackscattererRules.DEFAULT;
    var rules =
        new BackscattererRules(
            Arrays.stream(zones).map(DnsName::of).toList(),
            usual.halfLife(),
            usual.least(),
            usual.share(),
            usual.timeLimit());
    return new DnsLists(rules, names, Scene.OURS::contains, clock, counters);
  }

  private ListedProof proof(String... zones) {
    return new ListedProof(_ -> Optional.empty(), lists(zones));
  }

  private static Finding finding(ListedProof proof, String peer, String sender) throws Exception {
    return proof.of(Scene.address(peer), ReversePath.parse(sender)).finding();
  }

  /** The check runs in the background; each question that finds it done shows the new state. */
  private static void awaitFinding(ListedProof proof, Finding wanted) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (finding(proof, PEER, "<>") != wanted) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private void awaitQuestions(String question, int count, ListedProof proof) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (names.questions().stream().filter(question::equals).count() < count) {
      finding(proof, PEER, "<>");
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
