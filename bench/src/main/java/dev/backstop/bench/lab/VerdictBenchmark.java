package dev.backstop.bench.lab;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.MessageReader;
import dev.backstop.bounce.form.ReturnedMessage.Part;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.edge.Action;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.flow.Flow;
import dev.backstop.server.flow.Outcome;
import dev.backstop.server.keys.Keys;
import dev.backstop.server.keys.dkim.DkimKeys;
import dev.backstop.store.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A verdict over a bounce of five shapes, from its split octets: reading and all proofs that are
 * asked, on a store in a folder; and the reading alone. Sender checks are off.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VerdictBenchmark {
  private static final int ROWS = 200_000;
  private static final int RECIPIENTS = 1_000;

  /** What the bounces answer, and what is there to tell. */
  @Param({"tag", "journal", "dkim", "forged"})
  @SuppressWarnings("NullAway.Init")
  String kind;

  private final SteppedClock clock = new SteppedClock(Laboratory.START.minus(Duration.ofDays(40)));
  private final List<RawMessage> answers = new ArrayList<>();
  private final List<Transaction> transactions = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Installation installation;

  private int next;

  /** Opens an installation and sends what is answered. */
  @Setup
  public void open() throws Exception {
    folder = Files.createTempDirectory(Path.of("target"), "verdicts");
    Keys keys = Keys.generate(new SecureRandom(), clock.instant());
    DkimKeys dkim = Laboratory.dkim();
    boolean token = !kind.equals("dkim");
    String toml = Scene.COMPLETE.toml(token) + "[auth]\ncheck = false\n";
    installation = new Installation(folder, toml, keys, dkim, clock);
    clock.set(Laboratory.START);
    fill();
    List<Specimen> specimens =
        Specimens.generated(8).stream().filter(s -> s.place() != null).toList();
    for (int i = 0; i < specimens.size(); i++) {
      prepare(specimens.get(i), i);
    }
    if (kind.equals("dkim")) {
      forgetJournal(toml, dkim);
    }
    check();
  }

  /** The journal of a busy month. */
  private void fill() throws Exception {
    for (int i = 0; i < ROWS / RECIPIENTS; i++) {
      int first = i * RECIPIENTS;
      List<Mailbox> to =
          IntStream.range(first, first + RECIPIENTS)
              .mapToObj(number -> Addresses.of("reader" + number + "@far.example"))
              .toList();
      installation
          .store
          .journal()
          .record(
              new JournalEntry(
                  "<" + i + ".news@ours.test>",
                  Addresses.of("news@ours.test"),
                  to,
                  clock.instant(),
                  true));
    }
  }

  private void prepare(Specimen specimen, int number) {
    Mailbox writer = Addresses.of("user" + number + "@ours.test");
    String id = "<" + number + ".bench@ours.test>";
    boolean ours = !kind.equals("forged");
    Letter letter =
        new Letter(
            "From: "
                + writer
                + "\r\nTo: "
                + specimen.recipient()
                + "\r\nSubject: Hello\r\nDate: "
                + "Sun, 1 Mar 2026 09:00:00 GMT\r\nMessage-ID: "
                + id
                + "\r\n"
                + specimen.fields(),
            specimen.body());
    Mailbox sender = writer;
    if (ours) {
      Flow flow = installation.flow();
      List<Mailbox> to =
          kind.equals("tag")
              ? List.of(specimen.recipient())
              : List.of(specimen.recipient(), Addresses.of("list@untagged.example"));
      var leaving = new Transaction(World.user(), "Q", writer, to);
      if (Installation.pass(flow, leaving, letter.raw()) instanceof Action.Accept accept) {
        letter = letter.with(accept.edits());
        sender = Letter.sender(writer, accept.edits());
      }
    }
    String text = specimen.answer(sender, writer, id, letter, Part.FULL, Damage.NONE);
    answers.add(Letter.raw(text));
    transactions.add(
        new Transaction(
            World.client(World.EXCHANGER), "Q", NullReversePath.INSTANCE, List.of(sender)));
  }

  /** The same keys with a journal that knows none of it. */
  private void forgetJournal(String toml, DkimKeys dkim) throws Exception {
    Keys keys = installation.keys();
    installation.close();
    installation = new Installation(folder.resolve("empty"), toml, keys, dkim, clock);
    fill();
  }

  private void check() {
    Verdict expected = kind.equals("forged") ? Verdict.BACKSCATTER : Verdict.GENUINE;
    for (int i = 0; i < answers.size(); i++) {
      Verdict verdict = verdict().orElseThrow().judged().decision().verdict();
      if (verdict != expected) {
        throw new IllegalStateException("bounce " + next + " is " + verdict);
      }
    }
  }

  /** Closes it. */
  @TearDown
  public void close() throws IOException {
    installation.close();
    VerdictLab.delete(folder);
  }

  /** What the end of the message costs. */
  @Benchmark
  public Optional<Outcome> verdict() {
    int turn = turn();
    return installation
        .judge
        .begin(transactions.get(turn), answers.get(turn).header())
        .end(transactions.get(turn), answers.get(turn));
  }

  /** The part of it that is reading. */
  @Benchmark
  public AutomaticMail reading() {
    return MessageReader.read(answers.get(turn()), NullReversePath.INSTANCE);
  }

  private int turn() {
    next = next + 1 == answers.size() ? 0 : next + 1;
    return next;
  }
}
