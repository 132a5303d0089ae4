package dev.backstop.bench;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.MessageReader;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.RawMessage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Reading a message: from its bytes to the answer ({@code whole}), and without the splitting
 * ({@code reading}). The messages come by turns, so that the time is their mean.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReadingBenchmark {
  @Param({"bounces", "ordinary"})
  @SuppressWarnings("NullAway.Init")
  String kind;

  /** What {@link ReadingMail#load} takes. */
  @Param({"generated", "golden"})
  @SuppressWarnings("NullAway.Init")
  String mail;

  private List<byte[]> messages = List.of();
  private List<RawMessage> split = List.of();
  private int next;

  @Setup
  public void load() throws IOException {
    messages = ReadingMail.load(mail, kind);
    split = messages.stream().map(m -> MessageSplitter.split(m, m.length, false)).toList();
  }

  @Benchmark
  public AutomaticMail whole() {
    return MessageReader.read(messages.get(turn()));
  }

  @Benchmark
  public AutomaticMail reading() {
    return MessageReader.read(split.get(turn()));
  }

  private int turn() {
    next = next + 1 == messages.size() ? 0 : next + 1;
    return next;
  }
}
