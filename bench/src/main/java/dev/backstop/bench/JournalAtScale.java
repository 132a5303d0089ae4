package dev.backstop.bench;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.store.Journal;
import dev.backstop.store.JournalEntry;
import dev.backstop.store.Store;
import dev.backstop.store.StoreException;
import dev.backstop.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A journal of any number of rows, through its public methods: {@code JournalAtScale FOLDER ROWS
 * DAYS}. So many days, up to thirty, of a clock that goes as fast as rows are written; then
 * questions and the expiry of the oldest days, both while mail goes on. What a row costs depends on
 * how many a day has: one day shows in minutes what a month of such days takes hours for. Prints
 * the rows of a table.
 */
public final class JournalAtScale {
  private static final int FILLERS = 400;

  /** Mail beside what is measured: so many a second, by so many callers. */
  private static final int PACE = 500;

  private static final int PACED = 20;
  private static final int QUESTIONS = 20_000;
  private static final Duration BEFORE_EXPIRY = Duration.ofSeconds(20);
  private static final int KEPT = 30;
  private static final int MOST_TO_EXPIRE = 2;
  private static final byte[] KEY = new byte[32];

  private final Path folder;
  private final Store store;
  private final Journal journal;
  private final SentMail mail = new SentMail();
  private final JumpingClock clock;
  private final int days;
  private final AtomicLong next = new AtomicLong();

  private JournalAtScale(Path folder, Store store, JumpingClock clock, int days) {
    this.folder = folder;
    this.store = store;
    this.journal = store.journal();
    this.clock = clock;
    this.days = days;
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    long rows = Long.parseLong(arguments[1]);
    int days = Math.clamp(Integer.parseInt(arguments[2]), 1, KEPT);
    var clock = new JumpingClock(Instant.parse("2026-03-01T00:00:00Z"));
    try (Store store = Store.open(folder, KEY, StoreSettings.DEFAULTS, clock)) {
      var scale = new JournalAtScale(folder, store, clock, days);
      System.out.println("| what | figure |\n|---|---|");
      scale.fill(rows);
      scale.size(rows);
      scale.ask();
      scale.expire();
    }
  }

  private void fill(long rows) throws Exception {
    Instant begun = clock.instant();
    long octets = writtenOctets();
    long start = System.nanoTime();
    Latencies times = together(FILLERS, () -> fill(begun, rows));
    double seconds = (System.nanoTime() - start) / 1e9;
    clock.reach(begun.plus(Duration.ofDays(days)));
    long written = store.counters().rowsWritten();
    print(
        "rows of %d days, %d callers at a time".formatted(days, FILLERS),
        "%,d in %,.0f s: %,.0f/s, %.0f rows a commit; a message %s"
            .formatted(
                written,
                seconds,
                written / seconds,
                written / (double) store.counters().commits(),
                times));
    print(
        "written to the disk meanwhile",
        "%,.1f kB a row".formatted((writtenOctets() - octets) / 1e3 / written));
  }

  /** What this process had to write to disks so far; zero where the system does not tell. */
  private static long writtenOctets() throws IOException {
    Path io = Path.of("/proc/self/io");
    if (!Files.isReadable(io)) {
      return 0;
    }
    return Files.readAllLines(io).stream()
        .filter(line -> line.startsWith("write_bytes: "))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  private Latencies fill(Instant begun, long rows) throws InterruptedException {
    var times = new Latencies();
    for (long written = 0; written < rows; written = store.counters().rowsWritten()) {
      long second = (long) (days * 86_400 * (written / (double) rows));
      clock.reach(begun.plusSeconds(second));
      JournalEntry entry = mail.entry(next.getAndIncrement(), clock.instant());
      record(entry, System.nanoTime(), times);
    }
    return times;
  }

  /** A message that the store refused is counted; a mail server would let it go or try again. */
  private void record(JournalEntry entry, long start, Latencies times) throws InterruptedException {
    try {
      journal.record(entry);
      times.add(System.nanoTime() - start);
    } catch (StoreException e) {
      times.addRefused();
      Thread.sleep(Duration.ofMillis(100));
    }
  }

  private void size(long rows) throws IOException {
    long octets = octets();
    print(
        "size on disk",
        "%,.1f MB, %.0f octets a row, with who wrote to whom"
            .formatted(octets / 1e6, octets / (double) rows));
  }

  private long octets() throws IOException {
    long octets = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        octets += Files.size(file);
      }
    }
    return octets;
  }

  private void ask() throws Exception {
    long messages = next.get();
    var random = new SplittableRandom(7);
    Instant since = clock.instant().minus(Duration.ofDays(KEPT));
    Latencies beside =
        whileMailGoesOn(() -> {
          question(
              "lookup of a known Message-ID",
              () -> {
                JournalEntry known = mail.entry(random.nextLong(messages), since);
                return journal.lookup(String.valueOf(known.messageId()), known.recipients());
              });
          question(
              "lookup of an unknown Message-ID",
              () -> journal.lookup("<" + random.nextLong() + "@forged.example>", mail.strangers()));
          question(
              "lastWrote, a pair",
              () -> {
                JournalEntry known = mail.entry(random.nextLong(messages), since);
                return journal.lastWrote(known.sender(), known.recipients(), since);
              });
          question(
              "lastWrote, 10 strangers",
              () -> journal.lastWrote(mail.writer(random), mail.strangers(), since));
          question("lastSent", () -> journal.lastSent(mail.writer(random), since));
          question(
              "lastSent, nobody of ours",
              () -> journal.lastSent(new Mailbox("no" + random.nextInt(), "example.com"), since));
          question(
              "sentOn",
              () -> {
                LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
                return journal.sentOn(
                    mail.writer(random), today.minusDays(random.nextInt(days + 1)));
              });
        });
    print("record meanwhile, %d a second".formatted(PACE), beside.toString());
  }

  private interface Question {
    Object ask() throws StoreException;
  }

  private void question(String name, Question question) throws StoreException {
    var times = new Latencies();
    for (int i = 0; i < QUESTIONS; i++) {
      long start = System.nanoTime();
      question.ask();
      times.add(System.nanoTime() - start);
    }
    print(name, times.toString());
  }

  /** Up to two days at once, as after a pause: what else goes at each midnight. */
  private void expire() throws Exception {
    Latencies before = whileMailGoesOn(() -> Thread.sleep(BEFORE_EXPIRY));
    print("record before expiry", before.toString());
    long expired = store.counters().expired();
    long start = System.nanoTime();
    int oldest = Math.min(days, MOST_TO_EXPIRE);
    clock.step(Duration.ofDays(KEPT - days + oldest));
    var end = new AtomicLong();
    Latencies during = whileMailGoesOn(() -> end.set(awaitExpiry()));
    double seconds = (end.get() - start) / 1e9;
    long rows = store.counters().expired() - expired;
    print(
        "expiry, days: " + oldest,
        "%,d rows in %,.0f s: %,.0f/s".formatted(rows, seconds, rows / seconds));
    print("record during expiry", during.toString());
    print("size on disk afterwards", "%,.1f MB".formatted(octets() / 1e6));
  }

  /** When the last row was deleted: none was for a second. */
  private long awaitExpiry() throws InterruptedException {
    long before = store.counters().expired();
    long changed = System.nanoTime();
    boolean begun = false;
    while (!begun || System.nanoTime() - changed < 1_000_000_000L) {
      Thread.sleep(Duration.ofMillis(20));
      if (before != store.counters().expired()) {
        before = store.counters().expired();
        changed = System.nanoTime();
        begun = true;
      }
    }
    return changed;
  }

  private interface Work {
    void run() throws Exception;
  }

  /** Does the work while messages are recorded at an even pace; how long those took. */
  private Latencies whileMailGoesOn(Work work) throws Exception {
    var done = new AtomicBoolean();
    long begin = System.nanoTime();
    var turn = new AtomicLong();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Latencies>> paced = new ArrayList<>();
      for (int i = 0; i < PACED; i++) {
        paced.add(threads.submit(() -> pace(begin, turn, done)));
      }
      try {
        work.run();
      } finally {
        done.set(true);
      }
      return Latencies.all(paced);
    }
  }

  /** From the planned start, so that a stall counts for all that it holds up. */
  private Latencies pace(long begin, AtomicLong turn, AtomicBoolean done)
      throws InterruptedException {
    var times = new Latencies();
    while (!done.get()) {
      long planned = begin + turn.getAndIncrement() * (1_000_000_000L / PACE);
      long early = planned - System.nanoTime();
      if (early > 0) {
        Thread.sleep(Duration.ofNanos(early));
      }
      record(mail.entry(next.getAndIncrement(), clock.instant()), planned, times);
    }
    return times;
  }

  private static Latencies together(int callers, Callable<Latencies> work)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Latencies>> all = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        all.add(threads.submit(work));
      }
      return Latencies.all(all);
    }
  }

  private static void print(String what, String figure) {
    System.out.println("| " + what + " | " + figure + " |");
  }
}
