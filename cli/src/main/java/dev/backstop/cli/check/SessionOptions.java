package dev.backstop.cli.check;

import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The session in which a message would come. */
final class SessionOptions {
  @Option(
      names = "--mail-from",
      paramLabel = "SENDER",
      description =
          "With --config: say what the server would, had the message come with this sender; '<>' is"
              + " the null sender of bounces.")
  @Nullable String sender;

  @Option(
      names = "--rcpt-to",
      paramLabel = "ADDRESS",
      description = "Its recipient, with its tag if it has one; may be given several times.")
  List<String> recipients = List.of();

  @Option(
      names = "--peer",
      paramLabel = "IP",
      description = "Address of the client that hands it over.")
  @Nullable String peer;

  @Option(
      names = "--helo",
      paramLabel = "NAME",
      description = "What the client says in EHLO. Default: nothing.")
  @Nullable String helo;

  /**
   * The session; empty when none is given.
   *
   * @param config whether there is a configuration to judge by
   */
  Optional<Transaction> read(boolean config) {
    boolean any = sender != null || !recipients.isEmpty() || peer != null || helo != null;
    if (!any) {
      return Optional.empty();
    }
    if (sender == null || recipients.isEmpty() || peer == null || !config) {
      throw new CommandFailure(
          ExitStatus.USAGE, "--mail-from, --rcpt-to, --peer and --config are given together");
    }
    @Nullable String nobody = null;
    try {
      var client = new Peer(IpLiteral.parse(peer), "unknown", helo, nobody, false);
      return Optional.of(
          new Transaction(client, nobody, ReversePath.parse(sender), mailboxes(recipients)));
    } catch (AddressSyntaxException e) {
      throw new CommandFailure(
          ExitStatus.USAGE,
          "--mail-from " + sender + ", --rcpt-to " + recipients + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitStatus.USAGE, "--peer " + peer + ": " + e.getMessage());
    }
  }

  private static List<Mailbox> mailboxes(List<String> addresses) throws AddressSyntaxException {
    List<Mailbox> mailboxes = new ArrayList<>();
    for (String address : addresses) {
      mailboxes.add(Mailbox.parse(address));
    }
    return mailboxes;
  }
}
