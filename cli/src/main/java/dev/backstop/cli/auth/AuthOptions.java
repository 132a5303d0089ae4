package dev.backstop.cli.auth;

import dev.backstop.cli.auth.answer.Judge;
import dev.backstop.cli.auth.print.AnswerPrinter;
import dev.backstop.cli.auth.request.Request;
import dev.backstop.cli.auth.request.RequestReader;
import dev.backstop.cli.check.print.Screen;
import dev.backstop.cli.config.Settings;
import dev.backstop.cli.dns.DnsOption;
import dev.backstop.dns.Budget;
import dev.backstop.server.config.Auth;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.ConfigException;
import java.time.InstantSource;
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
   * With the limits of the configuration.
   *
   * @throws ConfigException with every problem of the file
   */
  Judge judge() throws ConfigException {
    BackstopConfig config = settings.load().config();
    Auth auth = config.auth();
    return new Judge(
        dns.resolver(config.dns()),
        new Budget(auth.maxQueries(), auth.timeLimit()),
        auth.name().orElse("unknown"), // RFC 7208 §7.3
        InstantSource.system());
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
    String text = printer(Screen.ofProcess()).print(heading, judge().answer(request));
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
    return new Batch(judge(), new RequestReader(kind)).run(System.in, delivery(spec));
  }
}
