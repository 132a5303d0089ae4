package dev.backstop.bench;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.store.JournalEntry;
import dev.backstop.store.JournalLookup;
import dev.backstop.store.Store;
import dev.backstop.store.StoreException;
import dev.backstop.store.StoreSettings;
import dev.backstop.store.UnableToOpenStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Durable journal rows and questions to the journal, from 50 callers at a time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(50)
public class JournalBenchmark {
  private final Mailbox sender = new Mailbox("anna", "example.com");
  private final List<Mailbox> recipients = List.of(new Mailbox("bob", "example.net"));
  private final AtomicLong number = new AtomicLong();

  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Store store;

  @Setup
  public void open() throws IOException, UnableToOpenStoreException {
    folder = Files.createTempDirectory(Path.of("target"), "journal");
    store = Store.open(folder, new byte[32], StoreSettings.DEFAULTS, InstantSource.system());
  }

  @TearDown
  public void close() throws IOException {
    store.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Benchmark
  public void record() throws StoreException {
    String messageId = "<" + number.incrementAndGet() + "@example.com>";
    store.journal().record(new JournalEntry(messageId, sender, recipients, Instant.now(), true));
  }

  @Benchmark
  public JournalLookup lookup() throws StoreException {
    return store.journal().lookup("<" + number.incrementAndGet() + "@example.com>", recipients);
  }
}
