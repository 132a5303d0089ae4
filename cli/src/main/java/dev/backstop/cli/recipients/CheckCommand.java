package dev.backstop.cli.recipients;

import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.HostName;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.recipients.Counters;
import dev.backstop.server.recipients.Outcome;
import dev.backstop.server.recipients.Recipients;
import dev.backstop.server.recipients.callout.CallOutSource;
import dev.backstop.server.recipients.callout.NextHopSource;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop recipients check}: asks every source, and says what a session would say. */
@Command(
    name = "check",
    exitCodeOnInvalidInput = ExitStatus.USAGE,
    description = {
      "Ask every source of [recipients], and the next hop of [gateway], about",
      "addresses, and tell what a session would say to RCPT and why. It asks itself,",
      "beside a running server, whose memory it does not see."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop recipients check anna@example.com",
      "  backstop recipients check --json anna@example.com nobody@example.com",
      "  backstop recipients check --config new.toml prvs=0123abcdef=anna@example.com",
      "",
      "Exit status: 0 accepted, 1 unknown and refused (550), 2 undecided and put off",
      "(451), the highest of several; 64 wrong usage, 78 bad configuration."
    })
public final class CheckCommand implements Callable<Integer> {
  static final int UNKNOWN = 1;
  static final int UNDECIDED = 2;

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private final Settings settings = new Settings();

  @Option(names = "--json", description = "Print one JSON object for each address, one a line.")
  private boolean json;

  @Parameters(arity = "1..*", paramLabel = "ADDRESS", description = "As in RCPT TO; tags too.")
  private List<String> addresses = List.of();

  @Override
  public Integer call() throws ConfigException {
    List<Mailbox> asked = mailboxes();
    Settings.Loaded loaded = settings.load();
    int worst = ExitStatus.DONE;
    Optional<CallOutSource> nextHop = NextHopSource.of(loaded.config(), HostName.ours());
    try (Recipients recipients = Recipients.of(loaded.config(), HostName.ours(), new Counters())) {
      PrintWriter out = spec.commandLine().getOut();
      for (Mailbox address : asked) {
        var answer =
            new CheckAnswer(
                address,
                nextHop
                    .map(hop -> recipients.examine(address, hop))
                    .orElseGet(() -> recipients.examine(address)));
        out.print(json ? answer.json() + "\n" : answer.text());
        out.flush();
        worst = Math.max(worst, status(answer.outcome()));
      }
    }
    return worst;
  }

  private static int status(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Exists _, Outcome.Unchecked _ -> ExitStatus.DONE;
      case Outcome.Unknown _ -> UNKNOWN;
      case Outcome.Undecided _ -> UNDECIDED;
    };
  }

  private List<Mailbox> mailboxes() {
    List<Mailbox> mailboxes = new ArrayList<>();
    for (String address : addresses) {
      try {
        mailboxes.add(Mailbox.parse(address));
      } catch (AddressSyntaxException e) {
        throw new CommandFailure(
            ExitStatus.USAGE, address + " is not an address: " + e.getMessage());
      }
    }
    return mailboxes;
  }
}
