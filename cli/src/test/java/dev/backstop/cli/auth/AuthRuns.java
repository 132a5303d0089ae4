package dev.backstop.cli.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.backstop.auth.dkim.KeyRecord;
import dev.backstop.auth.dkim.OwnKeys;
import dev.backstop.cli.auth.answer.Judge;
import dev.backstop.cli.auth.print.AnswerPrinter;
import dev.backstop.cli.auth.request.Envelope;
import dev.backstop.cli.auth.request.RequestReader;
import dev.backstop.dns.Budget;
import dev.backstop.dns.DnsName;
import dev.backstop.testkit.dns.FakeResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs batches and messages against a zone that is a map. */
abstract class AuthRuns {
  static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir Path folder;
  final FakeResolver zone = new FakeResolver();
  final Map<DnsName, List<KeyRecord>> ours = new HashMap<>();
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  Judge judge() {
    var budget = new Budget(100, Duration.ofSeconds(10));
    return new Judge(zone, budget, "mx.example.org", new OwnKeys(ours), InstantSource.fixed(NOW));
  }

  Delivery delivery() {
    return new Delivery(new PrintWriter(out), new PrintWriter(err), "backstop auth");
  }

  int batch(String... lines) {
    return batch(Optional.empty(), String.join("\n", lines).getBytes(UTF_8));
  }

  int batch(Optional<String> kind, byte[] lines) {
    var batch = new Batch(judge(), new RequestReader(kind), 1 << 20);
    return batch.run(new ByteArrayInputStream(lines), delivery());
  }

  /** The answers so far. */
  List<JsonNode> answers() {
    var mapper = new JsonMapper();
    return out.toString().lines().map(mapper::readTree).toList();
  }

  int messages(
      AnswerPrinter printer, Optional<Envelope> envelope, InputStream in, String... paths) {
    var run = new MessageRun(judge(), printer, false, envelope);
    return run.run(List.of(paths), in, delivery());
  }

  /** As JSON, without an envelope. */
  JsonNode message(String content) throws IOException {
    Path file = file("mail.eml", content);
    messages(
        new AnswerPrinter.AsJson(),
        Optional.empty(),
        InputStream.nullInputStream(),
        file.toString());
    return answers().getLast();
  }

  Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content, UTF_8);
  }
}
