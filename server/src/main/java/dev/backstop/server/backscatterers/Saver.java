package dev.backstop.server.backscatterers;

import dev.backstop.store.ReporterCount;
import dev.backstop.store.Reporters;
import dev.backstop.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries counts between memory and store on a thread of its own, so that no message waits for it.
 * What the store does not take waits for the next round.
 */
final class Saver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Saver.class);
  private static final int SECONDS = 10;

  /** At this many half-lives one answer counts less than a hundredth: it is not read any more. */
  private static final double FORGOTTEN = 0.01;

  private final Reporters reporters;
  private final Counts counts;
  private final Changes changes;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("backstop-backscatterers").factory());
  private boolean failing;

  Saver(Reporters reporters, Counts counts, Changes changes) {
    this.reporters = reporters;
    this.counts = counts;
    this.changes = changes;
  }

  void start() {
    var _ = timer.scheduleWithFixedDelay(this::save, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Takes in what the store holds.
   *
   * @param most rows that are read
   * @param now by which what has faded is left out, and dates in the future are corrected
   */
  void load(int most, Instant now, long halfLife) throws StoreException {
    for (ReporterCount row : reporters.load(most)) {
      Optional<Block> host = Block.parseHost(row.host());
      if (host.isEmpty()) {
        continue;
      }
      long at = Math.min(row.at().getEpochSecond(), now.getEpochSecond());
      var tally = new Tally(row.backscatter(), row.genuine(), at);
      if (tally.isSound() && tally.at(now.getEpochSecond(), halfLife).total() >= FORGOTTEN) {
        counts.put(new Host(host.get(), Host.shown(row.name()), tally), halfLife);
      } else {
        changes.add(host.get());
      }
    }
  }

  /** Writes what waits; what fails is said once and tried again next time. */
  synchronized void save() {
    try {
      if (changes.isEverything()) {
        reporters.clear();
        changes.beginAnew();
        counts.all().forEach(host -> changes.add(host.block()));
      }
      // No more than waits now: busy hosts must not keep us here.
      for (int rest = changes.size(); rest > 0; rest -= Reporters.MOST_AT_ONCE) {
        saveSome();
      }
      failing = false;
    } catch (StoreException e) {
      if (!failing) {
        LOG.atWarn().addKeyValue("reason", e.getMessage()).log("backscatterers-not-saved");
      }
      failing = true;
    } catch (RuntimeException e) { // the timer would end without a word
      LOG.atError().setCause(e).log("backscatterers-not-saved");
    }
  }

  private void saveSome() throws StoreException {
    List<Block> some = changes.take(Reporters.MOST_AT_ONCE);
    List<ReporterCount> known = new ArrayList<>(some.size());
    List<String> gone = new ArrayList<>();
    for (Block block : some) {
      counts
          .find(block)
          .ifPresentOrElse(host -> known.add(row(host)), () -> gone.add(block.toString()));
    }
    try {
      reporters.save(known, gone);
    } catch (StoreException e) {
      changes.addAll(some);
      throw e;
    }
  }

  private static ReporterCount row(Host host) {
    Tally tally = host.tally();
    return new ReporterCount(
        host.block().toString(),
        host.name(),
        tally.backscatter(),
        tally.genuine(),
        Instant.ofEpochSecond(tally.at()));
  }

  /** Writes what waits, for the last time. */
  @Override
  public void close() {
    timer.shutdown();
    save();
  }
}
