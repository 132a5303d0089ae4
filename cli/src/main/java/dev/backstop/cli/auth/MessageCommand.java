package dev.backstop.cli.auth;

import dev.backstop.cli.auth.request.Envelope;
import dev.backstop.cli.check.print.Screen;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.server.config.ConfigException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop auth message}: who vouches for stored messages? */
@Command(
    name = "message",
    exitCodeOnInvalidInput = ExitStatus.USAGE,
    description = {
      "Verify the DKIM signatures of stored messages, and what DMARC says of their",
      "authors. Of a message whose body is missing the header alone is verified."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop auth message mail.eml",
      "  backstop auth message --json ~/Maildir archive.mbox.gz",
      "  backstop auth message --header-only - < header-of-a-bounce",
      "  backstop auth message --ip 192.0.2.1 --from user@example.com --helo mx.example.com -",
      "  backstop auth message --dns 127.0.0.1:5353 folder",
      "  backstop auth message --batch < requests.jsonl",
      "",
      "Exit status: 0 done, whatever was found; 1 some input could not be read;",
      "64 wrong usage; 66 no such input; 74 standard output takes no more;",
      "78 bad configuration."
    })
public final class MessageCommand implements Callable<Integer> {
  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin AuthOptions options = new AuthOptions();

  @Mixin EnvelopeOptions envelope = new EnvelopeOptions();

  @Option(names = "--header-only", description = "Do not look at bodies.")
  boolean headerOnly;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "A message, an mbox file, a Maildir, a folder of these, or - for standard input."
              + " Files may be packed with gzip.")
  List<String> paths = List.of();

  @Override
  public Integer call() throws ConfigException {
    if (options.batch) {
      envelope.refuse(spec);
      if (headerOnly || !paths.isEmpty()) {
        throw usage("--batch takes its messages from requests: leave out files and --header-only");
      }
      return options.batch(spec, Optional.of("message"));
    }
    if (paths.isEmpty()) {
      throw usage("Missing FILE; - is standard input");
    }
    Optional<Envelope> known = known();
    Delivery delivery = options.delivery(spec);
    var run =
        new MessageRun(
            options.judge(delivery), options.printer(Screen.ofProcess()), headerOnly, known);
    return run.run(paths, System.in, delivery);
  }

  /** How all of them came. */
  private Optional<Envelope> known() {
    Optional<Envelope> known = envelope.read();
    if (known.isEmpty() && envelope.isGiven()) {
      throw usage("--from and --helo say nothing without --ip");
    }
    if (known.isPresent() && known.get().sender().isEmpty()) {
      throw usage("--ip needs --from: the sender of the envelope, '<>' for the null sender");
    }
    return known;
  }

  private ParameterException usage(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
