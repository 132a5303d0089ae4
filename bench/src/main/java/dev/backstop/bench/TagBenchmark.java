package dev.backstop.bench;

import dev.backstop.bounce.tag.TagCheck;
import dev.backstop.bounce.tag.TagForm;
import dev.backstop.bounce.tag.TagKey;
import dev.backstop.bounce.tag.TagKeys;
import dev.backstop.bounce.tag.Tagger;
import dev.backstop.mail.address.Mailbox;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Signing a sender and checking a recipient, without any door or store. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TagBenchmark {
  private final Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final Mailbox plain = new Mailbox("anna.smith", "example.com");
  private final Tagger tagger =
      new Tagger(
          new TagKeys(
              List.of(
                  new TagKey(
                      0, "a secret of no worth".getBytes(StandardCharsets.UTF_8), now, null))));
  private final Mailbox tagged = tagger.sign(plain, TagForm.PRVS, now).orElseThrow();
  private final Mailbox forged = plain.withLocalPart("prvs=0123abcdef=anna.smith");

  @Benchmark
  public Optional<Mailbox> sign() {
    return tagger.sign(plain, TagForm.PRVS, now);
  }

  @Benchmark
  public TagCheck verifyValid() {
    return tagger.verify(tagged, now);
  }

  @Benchmark
  public TagCheck verifyForged() {
    return tagger.verify(forged, now);
  }
}
