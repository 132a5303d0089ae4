package dev.backstop.cli.auth;

import dev.backstop.auth.dkim.KeyRecord;
import dev.backstop.auth.dkim.OwnKeys;
import dev.backstop.cli.auth.answer.Judge;
import dev.backstop.cli.auth.print.AnswerPrinter;
import dev.backstop.cli.auth.request.Request;
import dev.backstop.cli.auth.request.RequestReader;
import dev.backstop.cli.check.input.Complaints;
import dev.backstop.cli.check.print.Screen;
import dev.backstop.cli.config.Settings;
import dev.backstop.cli.dns.DnsOption;
import dev.backstop.dns.Budget;
import dev.backstop.dns.DnsName;
import dev.backstop.server.config.Auth;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.keys.UnusableKeyFileException;
import dev.backstop.server.keys.dkim.DkimFile;
import dev.backstop.server.keys.dkim.DkimKey;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that all commands of {@code auth} have. */
final class AuthOptions {
  @Mixin DnsOption dns = new DnsOption();

  @Mixin Settings settings = new Settings();

  @Option(names = "--json", description = "Print one JSON object a line.")
  boolean json;

  @Option(
      names = "--batch",
      description = {
        "Read a JSON request a line from standard input,",
        "print a JSON answer a line, in the same order."
      })
  boolean batch;

  /**
   * With the limits and the keys of an installation.
   *
   * @throws ConfigException with every problem of the file
   */
  Judge judge(Complaints complaints) throws ConfigException {
    Settings.Loaded loaded = settings.load();
    BackstopConfig config = loaded.config();
    Auth auth = config.auth();
    return new Judge(
        dns.resolver(config.dns()),
        new Budget(auth.maxQueries(), auth.timeLimit()),
        auth.name().orElse("unknown"), // RFC 7208 §7.3
        ours(loaded.data(), complaints),
        InstantSource.system());
  }

  /** Our keys, also those that have retired. Who may not read them can do without. */
  private static OwnKeys ours(Path data, Complaints complaints) {
    Map<DnsName, List<KeyRecord>> records = new HashMap<>();
    try {
      for (DkimKey key : new DkimFile(data).load().keys()) {
        KeyRecord record = KeyRecord.of(key.algorithm(), key.publicKey());
        records.computeIfAbsent(key.recordName(), _ -> new ArrayList<>()).add(record);
      }
    } catch (UnusableKeyFileException e) {
      complaints.note(e.getMessage() + "; signatures of our own are not recognised");
    }
    return new OwnKeys(records);
  }

  AnswerPrinter printer(Screen screen) {
    return json ? new AnswerPrinter.AsJson() : new AnswerPrinter.AsBlock(screen.style());
  }

  /** Where answers go. */
  Delivery delivery(CommandSpec spec) {
    CommandLine line = spec.commandLine();
    return new Delivery(line.getOut(), line.getErr(), spec.qualifiedName());
  }

  /**
   * Answers one question. Returns the exit status.
   *
   * @throws ConfigException with every problem of the file
   */
  int print(CommandSpec spec, String heading, Request request) throws ConfigException {
    Delivery delivery = delivery(spec);
    String text = printer(Screen.ofProcess()).print(heading, judge(delivery).answer(request));
    delivery.take(new Outcome.Answered(text));
    return delivery.end();
  }

  /**
   * Answers what stands on standard input. Returns the exit status.
   *
   * @param kind of requests that name none
   * @throws ConfigException with every problem of the file
   */
  int batch(CommandSpec spec, Optional<String> kind) throws ConfigException {
    Delivery delivery = delivery(spec);
    return new Batch(judge(delivery), new RequestReader(kind)).run(System.in, delivery);
  }
}
