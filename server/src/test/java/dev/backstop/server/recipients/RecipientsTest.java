package dev.backstop.server.recipients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.config.ConfigReader;
import dev.backstop.server.recipients.source.Finding;
import dev.backstop.server.recipients.source.Source;
import dev.backstop.server.recipients.source.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RecipientsTest {
  private static final Finding KNOWN = new Finding.Known("known");
  private static final Finding UNKNOWN = new Finding.Unknown("unknown");
  private static final Finding FAILED = new Finding.Failed("down");

  private final AtomicLong nanos = new AtomicLong();
  private final Counters counters = new Counters();
  private final AtomicInteger questions = new AtomicInteger();
  private volatile Finding says = KNOWN;
  private @TempDir Path folder;

  @Test
  void withoutAnySourceNobodyIsAsked() throws Exception {
    try (Recipients none = Recipients.of(ConfigReader.read(config("")), "mx.ours.test", counters)) {
      assertThat(none.isOn()).isFalse();
      assertThat(none.describe()).isEqualTo("nobody");
      assertThat(ask(none, "anna@ours.test"))
          .isEqualTo(new Outcome.Unchecked("no directory is configured ([recipients])"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna@other.test",
        "postmaster@ours.test",
        "Abuse@ours.test",
        "prvs=0123abcdef=postmaster@ours.test",
        "prvs=anna=0123abcdef@ours.test",
        "btv1==0123==anna@ours.test",
        "SRS0=vmyz=2W=otherdomain.com=test@ours.test",
        "srs1=chai=otherdomain.com==opaque+string@ours.test",
      })
  void theseAreLetThroughUnasked(String address) throws Exception {
    says = UNKNOWN;
    try (Recipients recipients = asking(this::answer)) {
      assertThat(ask(recipients, address)).isInstanceOf(Outcome.Unchecked.class);
      assertThat(recipients.examine(mailbox(address)).answers()).isEmpty();
    }
    assertThat(questions).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "prvs=0123abcdef=anna@ours.test, anna@ours.test",
    "anna+prvs=0123abcdef@ours.test, anna@ours.test",
    "anna@ours.test, anna@ours.test",
    "Anna+News@ours.test, Anna+News@ours.test",
  })
  void itIsAskedForThePlainAddress(String address, String asked) throws Exception {
    List<String> heard = new ArrayList<>();
    try (Recipients recipients =
        asking(wanted -> {
          heard.add(wanted.mailbox().toString());
          return KNOWN;
        })) {
      assertThat(ask(recipients, address)).isEqualTo(new Outcome.Exists("known"));
    }
    assertThat(heard).containsExactly(asked);
  }

  @Test
  void anAnswerIsRememberedForAWhile() throws Exception {
    try (Recipients recipients = asking(this::answer)) {
      assertThat(ask(recipients, "anna@ours.test")).isInstanceOf(Outcome.Exists.class);
      says = UNKNOWN;
      pass(Duration.ofMinutes(59));
      assertThat(ask(recipients, "ANNA@ours.test")).isInstanceOf(Outcome.Exists.class);
      pass(Duration.ofMinutes(1));
      assertThat(ask(recipients, "anna@ours.test")).isInstanceOf(Outcome.Unknown.class);
      says = KNOWN;
      pass(Duration.ofMinutes(4));
      assertThat(ask(recipients, "anna@ours.test")).isInstanceOf(Outcome.Unknown.class);
      pass(Duration.ofMinutes(1));
      assertThat(ask(recipients, "anna@ours.test")).isInstanceOf(Outcome.Exists.class);
    }
    assertThat(questions).hasValue(3);
    assertThat(counters.hits()).isEqualTo(2);
    assertThat(counters.asked("exists")).isEqualTo(3);
    assertThat(counters.asked("unknown")).isEqualTo(2);
  }

  @Test
  void whoExistedStillDoesWhileTheDirectoryIsDownForUpToADay() throws Exception {
    try (Recipients recipients = asking(this::answer)) {
      assertThat(ask(recipients, "anna@ours.test")).isInstanceOf(Outcome.Exists.class);
      says = FAILED;
      pass(Duration.ofHours(23));
      assertThat(ask(recipients, "anna@ours.test")).isInstanceOf(Outcome.Exists.class);
      assertThat(ask(recipients, "bob@ours.test")).isEqualTo(new Outcome.Undecided("down"));
      pass(Duration.ofHours(1));
      assertThat(ask(recipients, "anna@ours.test")).isInstanceOf(Outcome.Undecided.class);
    }
    assertThat(counters.staleAnswers()).isEqualTo(1);
  }

  @Test
  void whoAsksAtTheSameTimeWaitsForTheSameAnswer() throws Exception {
    var all = new CyclicBarrier(21);
    var go = new CountDownLatch(1);
    var exist = new AtomicInteger();
    var done = new CountDownLatch(20);
    try (Recipients recipients =
        asking(wanted -> {
          awaitQuietly(go);
          return answer(wanted);
        })) {
      for (int i = 0; i < 20; i++) {
        Thread.startVirtualThread(() -> {
          try {
            all.await();
            exist.addAndGet(ask(recipients, "anna@ours.test") instanceof Outcome.Exists ? 1 : 0);
          } catch (Exception e) {
            throw new AssertionError(e);
          } finally {
            done.countDown();
          }
        });
      }
      all.await();
      go.countDown();
      done.await();
    }
    assertThat(exist).hasValue(20);
    assertThat(questions.get() + counters.hits()).as("once, or remembered").isLessThan(21);
    assertThat(questions).hasValue(1);
  }

  @Test
  void nobodyWaitsLongerThanTheLimit() throws Exception {
    var never = new CountDownLatch(1);
    try (Recipients recipients =
        asking(_ -> {
          awaitQuietly(never);
          return KNOWN;
        })) {
      assertThat(ask(recipients, "anna@ours.test"))
          .isEqualTo(new Outcome.Undecided("no answer within 1 s (time-limit)"));
      never.countDown();
    }
  }

  @Test
  void aFaultOfOursRefusesNobody() throws Exception {
    try (Recipients recipients =
        asking(_ -> {
          throw new IllegalStateException("a bug");
        })) {
      assertThat(ask(recipients, "anna@ours.test"))
          .isEqualTo(new Outcome.Undecided("a fault of ours"));
    }
  }

  @Test
  void filesComeFirstAndAreNotRemembered() throws Exception {
    Path list = Files.writeString(folder.resolve("list"), "anna@ours.test\n");
    says = UNKNOWN;
    try (Recipients recipients = asking(this::answer, "files = [\"list\"]")) {
      assertThat(ask(recipients, "anna@ours.test"))
          .isEqualTo(new Outcome.Exists("stands in " + list));
      assertThat(questions).hasValue(0);
      assertThat(ask(recipients, "bob@ours.test"))
          .isEqualTo(new Outcome.Unknown("does not stand in " + list + "; unknown"));
      Files.writeString(list, "anna@ours.test\nbob@ours.test\n");
      pass(Duration.ofSeconds(1));
      assertThat(ask(recipients, "bob@ours.test")).isInstanceOf(Outcome.Exists.class);
    }
    assertThat(questions).hasValue(1);
  }

  @Test
  void whereNobodyCanTellItIsLetIn() throws Exception {
    Files.writeString(folder.resolve("list"), "anna@other.test\n");
    says = new Finding.Silent("takes everybody");
    try (Recipients recipients = asking(this::answer, "files = [\"list\"]")) {
      assertThat(ask(recipients, "anna@ours.test"))
          .isInstanceOfSatisfying(
              Outcome.Unchecked.class,
              outcome -> assertThat(outcome.reason()).endsWith("; takes everybody"));
    }
  }

  @Test
  void aPersonSeesWhatEachSourceSays() throws Exception {
    Path list = Files.writeString(folder.resolve("list"), "anna@ours.test\n");
    says = UNKNOWN;
    try (Recipients recipients = asking(this::answer, "files = [\"list\"]")) {
      Examination first = recipients.examine(mailbox("anna@ours.test"));
      assertThat(first.outcome()).isEqualTo(new Outcome.Exists("stands in " + list));
      assertThat(first.answers())
          .map(answer -> answer.source() + " " + answer.place() + " " + answer.finding())
          .containsExactly(
              "file " + list + " Known[detail=stands in " + list + "]",
              "test here Unknown[detail=unknown]");
      assertThat(first.remembered()).isEmpty();
      assertThat(recipients.examine(mailbox("anna@ours.test")).remembered()).contains(UNKNOWN);
      assertThat(recipients.remembered()).isEqualTo(1);
      assertThat(recipients.describe()).isEqualTo("file " + list + ", test here");
    }
  }

  @Test
  void aSourceIsAskedAboutItsDomainsAndNotTooOften() {
    try (var source = new Fixed(this::answer)) {
      var guarded = new Guarded(source, List.of("ours.test"), new Rate(2, nanos::get), counters);
      assertThat(guarded.ask(wanted("anna@other.test"), Duration.ofSeconds(1)))
          .isEqualTo(new Finding.Silent("test is not asked about other.test"));
      assertThat(guarded.ask(wanted("a@ours.test"), Duration.ofSeconds(1))).isEqualTo(KNOWN);
      assertThat(guarded.ask(wanted("b@ours.test"), Duration.ofSeconds(1))).isEqualTo(KNOWN);
      assertThat(guarded.ask(wanted("c@ours.test"), Duration.ofSeconds(1)))
          .isEqualTo(new Finding.Failed("test is asked too often just now (max-rate)"));
      pass(Duration.ofMillis(500));
      assertThat(guarded.ask(wanted("c@ours.test"), Duration.ofSeconds(1))).isEqualTo(KNOWN);
      pass(Duration.ofSeconds(1));
      assertThat(guarded.ask(wanted("c@ours.test"), Duration.ofSeconds(-1)))
          .isEqualTo(new Finding.Failed("no time was left to ask test"));
      says = FAILED;
      assertThat(guarded.ask(wanted("d@ours.test"), Duration.ofSeconds(1))).isEqualTo(FAILED);
    }
    try (var source =
        new Fixed(_ -> {
          throw new IllegalStateException("a bug");
        })) {
      var guarded = new Guarded(source, List.of(), new Rate(1, nanos::get), counters);
      assertThat(guarded.ask(wanted("a@ours.test"), Duration.ofSeconds(1)))
          .isEqualTo(new Finding.Failed("a fault of ours in asking test"));
    }
    assertThat(counters.limitedQuestions()).isEqualTo(1);
    assertThat(counters.failures("other")).isEqualTo(3);
  }

  @Test
  void theMemoryIsBoundedAndGuessingPushesNoRealAddressOut() {
    var memory = new Memory(Duration.ofHours(1), Duration.ofMinutes(5), 3, nanos::get);
    memory.remember("anna", KNOWN);
    for (int i = 0; i < 10; i++) {
      memory.remember("guess" + i, UNKNOWN);
    }
    assertThat(memory.size()).isEqualTo(4);
    assertThat(memory.find("anna")).contains(KNOWN);
    assertThat(memory.find("guess6")).isEmpty();
    assertThat(memory.find("guess7")).contains(UNKNOWN);
    memory.remember("anna", UNKNOWN);
    assertThat(memory.findStale("anna")).isEmpty();
    memory.remember("anna", KNOWN);
    assertThat(memory.find("anna")).contains(KNOWN);
    memory.remember("anna", FAILED);
    assertThat(memory.find("anna")).contains(KNOWN);
  }

  private Finding answer(Wanted wanted) {
    assertThat(wanted.domain()).isEqualTo("ours.test");
    questions.incrementAndGet();
    return says;
  }

  private Recipients asking(Function<Wanted, Finding> answers, String... lines) throws Exception {
    return Recipients.of(
        ConfigReader.read(config(String.join("\n", lines))),
        "mx.ours.test",
        counters,
        List.of(new Fixed(answers)),
        nanos::get);
  }

  private Path config(String lines) throws Exception {
    return Files.writeString(
        folder.resolve("backstop.toml"),
        "domains = [\"ours.test\"]\n[recipients]\ntime-limit = \"1s\"\n" + lines + "\n");
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static Outcome ask(Recipients recipients, String address) {
    return recipients.ask(mailbox(address));
  }

  private static Wanted wanted(String address) {
    return Wanted.of(mailbox(address), "+");
  }

  private static Mailbox mailbox(String address) {
    int at = address.lastIndexOf('@');
    return new Mailbox(address.substring(0, at), address.substring(at + 1));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Fixed(Function<Wanted, Finding> answers) implements Source {
    @Override
    public String name() {
      return "test";
    }

    @Override
    public String place() {
      return "here";
    }

    @Override
    public Finding ask(Wanted wanted, Duration most) {
      return answers.apply(wanted);
    }

    @Override
    public void close() {
      // holds nothing
    }
  }
}
