package dev.backstop.cli.auth;

import dev.backstop.cli.auth.request.Envelope;
import dev.backstop.cli.auth.request.Request;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.server.config.ConfigException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop auth spf}: may that client use that name? */
@Command(
    name = "spf",
    exitCodeOnInvalidInput = ExitStatus.USAGE,
    description = {
      "Check whether a client may use a sender, and name the record that decides.",
      "Without --from the name in HELO is checked."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop auth spf --ip 192.0.2.1 --from user@example.com --helo mx.example.com",
      "  backstop auth spf --ip 2001:db8::1 --from '<>' --helo mx.example.com",
      "  backstop auth spf --ip 192.0.2.1 --helo mx.example.com --json",
      "  backstop auth spf --ip 192.0.2.1 --from user@example.com --dns 127.0.0.1:5353",
      "  backstop auth spf --batch < requests.jsonl",
      "",
      "Exit status: 0 done, whatever was found; 1 a request of a batch was not",
      "understood; 64 wrong usage; 74 standard output takes no more;",
      "78 bad configuration."
    })
public final class SpfCommand implements Callable<Integer> {
  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin AuthOptions options = new AuthOptions();

  @Mixin EnvelopeOptions envelope = new EnvelopeOptions();

  @Override
  public Integer call() throws ConfigException {
    if (options.batch) {
      envelope.refuse(spec);
      return options.batch(spec, Optional.of("spf"));
    }
    Envelope asked =
        envelope
            .read()
            .orElseThrow(
                () -> new ParameterException(spec.commandLine(), "Missing option --ip ADDRESS"));
    return options.print(spec, heading(asked), new Request.Spf(asked));
  }

  private static String heading(Envelope asked) {
    String sender = asked.sender().map(ReversePath::toPath).orElse("");
    String helo = asked.helo().isEmpty() ? "" : " HELO " + asked.helo();
    return (sender + " from [" + IpLiteral.render(asked.client()) + "]" + helo).strip();
  }
}
