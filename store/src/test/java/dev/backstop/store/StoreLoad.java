package dev.backstop.store;

import static dev.backstop.store.Fixture.KEY;

import com.sun.management.OperatingSystemMXBean;
import dev.backstop.mail.address.Mailbox;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Measures a store, by hand: {@code StoreLoad open|record|lookup|fill|expire DIRECTORY
 * [NUMBER...]}. Fill it first (thousands of rows, spread over 30 days); record, lookup and expire
 * (record fifteen days later) take numbers of callers.
 */
final class StoreLoad {
  private static final Duration RUN = Duration.ofSeconds(4);

  private StoreLoad() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[1]);
    int[] numbers = Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray();
    boolean later = arguments[0].equals("expire");
    InstantSource clock =
        InstantSource.offset(InstantSource.system(), Duration.ofDays(later ? 15 : 0));
    long start = System.nanoTime();
    try (Store store = Store.open(directory, KEY, StoreSettings.DEFAULTS, clock)) {
      System.out.printf("open: %.1f ms%n", (System.nanoTime() - start) / 1e6);
      switch (arguments[0]) {
        case "open" -> firstLookup(store, start);
        case "fill" -> fill(store, numbers[0]);
        case "expire", "record" -> run("record", numbers, store, StoreLoad::record);
        case "lookup" -> run("lookup", numbers, store, StoreLoad::lookup);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
    System.out.printf("database: %,d octets%n", Files.size(directory.resolve("backstop.db")));
  }

  private interface Work {
    void once(Store store, int caller, int turn) throws StoreException;
  }

  private static void firstLookup(Store store, long start) throws StoreException {
    record(store, 0, 0);
    System.out.printf("and first record: %.1f ms%n", (System.nanoTime() - start) / 1e6);
    lookup(store, 0, 0);
    System.out.printf("and first lookup: %.1f ms%n", (System.nanoTime() - start) / 1e6);
  }

  private static void run(String name, int[] numbers, Store store, Work work) throws Exception {
    measure("warm up", 50, store, work);
    for (int callers : numbers) {
      measure(name, callers, store, work);
    }
  }

  private static void measure(String name, int callers, Store store, Work work) throws Exception {
    long commits = store.counters().commits();
    long cpu = cpu();
    long start = System.nanoTime();
    var all = new ArrayList<Future<long[]>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        int caller = i;
        all.add(threads.submit((Callable<long[]>) () -> repeat(store, caller, work)));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    cpu = cpu() - cpu;
    commits = store.counters().commits() - commits;
    var merged = new ArrayList<long[]>();
    for (Future<long[]> one : all) {
      merged.add(one.get());
    }
    long[] times = merged.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    System.out.printf(
        "%s, %d callers: %,.0f/s, p50 %.3f ms, p99 %.3f ms, most %.1f ms, CPU %.1f us each,"
            + " %.1f per commit, %,d expired so far%n",
        name,
        callers,
        times.length / seconds,
        times[times.length / 2] / 1e6,
        times[(int) (times.length * 0.99)] / 1e6,
        times[times.length - 1] / 1e6,
        cpu / 1e3 / times.length,
        times.length / (double) Math.max(1, commits),
        store.counters().expired());
  }

  private static long[] repeat(Store store, int caller, Work work) throws StoreException {
    long end = System.nanoTime() + RUN.toNanos();
    var times = new long[1 << 12];
    int count = 0;
    for (long now = System.nanoTime(); now < end; count++) {
      work.once(store, caller, count);
      long after = System.nanoTime();
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count] = after - now;
      now = after;
    }
    return Arrays.copyOf(times, count);
  }

  private static void record(Store store, int caller, int turn) throws StoreException {
    String id = "<" + caller + "." + turn + "." + System.nanoTime() + "@x.example>";
    store.journal().record(Fixture.entry(id, Instant.now(), Fixture.BOB));
  }

  /** Every other one is found, days ago. */
  private static void lookup(Store store, int caller, int turn) throws StoreException {
    int message = (caller * 7919 + turn) % 1_000;
    String id = (turn % 2 == 0 ? "<fill" : "<none") + message + "@x.example>";
    store.journal().lookup(id, List.of(recipient(message)));
  }

  private static void fill(Store store, int thousands) throws StoreException {
    List<Mailbox> recipients = IntStream.range(0, 1_000).mapToObj(StoreLoad::recipient).toList();
    Instant now = Instant.now();
    for (int i = 0; i < thousands; i++) {
      Instant at = now.minus(Duration.ofHours(i % (24 * 29)));
      store
          .journal()
          .record(
              new JournalEntry("<fill" + i + "@x.example>", Fixture.ALICE, recipients, at, true));
    }
  }

  private static Mailbox recipient(int number) {
    return new Mailbox("r" + number, "elsewhere.example");
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
