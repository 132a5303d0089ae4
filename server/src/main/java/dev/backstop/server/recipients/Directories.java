package dev.backstop.server.recipients;

import dev.backstop.server.recipients.Examination.Answer;
import dev.backstop.server.recipients.source.Finding;
import dev.backstop.server.recipients.source.Source;
import dev.backstop.server.recipients.source.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources on other machines together: asked one after the other until one knows the address.
 * Whoever asks for the same address at the same time waits for the same answer. Safe for all
 * threads.
 */
final class Directories implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Directories.class);
  private static final int MOST_RUNNING = 10_000;

  private final List<Source> sources;
  private final Memory memory;
  private final Duration limit;
  private final Counters counters;
  private final ConcurrentHashMap<String, CompletableFuture<Finding>> running =
      new ConcurrentHashMap<>();

  Directories(List<Source> sources, Memory memory, Duration limit, Counters counters) {
    this.sources = List.copyOf(sources);
    this.memory = memory;
    this.limit = limit;
    this.counters = counters;
  }

  List<Source> sources() {
    return sources;
  }

  int size() {
    return memory.size();
  }

  Optional<Finding> remembered(Wanted wanted) {
    return memory.find(wanted.key());
  }

  /** Keeps what a person has asked for. */
  void remember(Wanted wanted, List<Answer> answers) {
    if (!answers.isEmpty()) {
      memory.remember(wanted.key(), Finding.of(answers.stream().map(Answer::finding).toList()));
    }
  }

  /** What is remembered, else what they say now, else what they said within a day. */
  Finding ask(Wanted wanted) {
    Optional<Finding> remembered = remembered(wanted);
    if (remembered.isPresent()) {
      counters.hit();
      return remembered.get();
    }
    Finding now = askNow(wanted);
    return now instanceof Finding.Failed ? stale(wanted).orElse(now) : now;
  }

  /** One source, with the time that it took. */
  Answer answer(Source source, Wanted wanted) {
    long start = System.nanoTime();
    Finding finding = source.ask(wanted, limit);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new Answer(source.name(), source.place(), finding, took);
  }

  @Override
  public void close() {
    sources.forEach(Source::close);
  }

  private Optional<Finding> stale(Wanted wanted) {
    Optional<Finding> stale = memory.findStale(wanted.key());
    stale.ifPresent(_ -> counters.stale());
    return stale;
  }

  private Finding askNow(Wanted wanted) {
    if (running.size() >= MOST_RUNNING) {
      return new Finding.Failed("too many questions are under way");
    }
    var mine = new CompletableFuture<Finding>();
    CompletableFuture<Finding> first = running.putIfAbsent(wanted.key(), mine);
    if (first != null) {
      return await(first);
    }
    Thread.ofVirtual().name("recipient").start(() -> settle(wanted, mine));
    return await(mine);
  }

  /** Goes on when nobody waits any more: the next one who asks has the answer then. */
  private void settle(Wanted wanted, CompletableFuture<Finding> answer) {
    Finding finding = new Finding.Failed("a fault of ours");
    try {
      finding = askEach(wanted);
      memory.remember(wanted.key(), finding);
    } catch (RuntimeException e) {
      LOG.error("recipients-fault", e);
    } finally {
      running.remove(wanted.key(), answer);
      answer.complete(finding);
    }
  }

  private Finding askEach(Wanted wanted) {
    long end = System.nanoTime() + limit.toNanos();
    List<Finding> findings = new ArrayList<>();
    for (Source source : sources) {
      Finding finding = source.ask(wanted, Duration.ofNanos(end - System.nanoTime()));
      findings.add(finding);
      if (finding instanceof Finding.Known) {
        break;
      }
    }
    return Finding.of(findings);
  }

  private Finding await(CompletableFuture<Finding> answer) {
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new Finding.Failed("no answer within " + limit.toSeconds() + " s (time-limit)");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Finding.Failed("interrupted");
    } catch (ExecutionException e) {
      return new Finding.Failed("a fault of ours");
    }
  }
}
