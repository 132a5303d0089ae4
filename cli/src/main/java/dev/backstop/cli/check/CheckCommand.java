package dev.backstop.cli.check;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.cli.check.print.Screen;
import dev.backstop.cli.check.print.Selection;
import dev.backstop.cli.check.result.Opinion;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Transaction;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code backstop check}: what each message is, and with a configuration whether it answers mail of
 * ours. {@code docs/check.md} is its manual.
 */
@Command(
    name = "check",
    exitCodeOnInvalidInput = ExitStatus.USAGE,
    description = "Say what messages are: bounce, auto-reply, receipt, report or ordinary mail.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop check bounce.eml",
      "  backstop check --json ~/Maildir /var/mail/alice archive.mbox.gz",
      "  backstop check --only bounce,auto-reply --explain folder",
      "  backstop check --only bounce/delayed --only receipt folder",
      "  backstop check --summary --no-progress /var/mail",
      "  backstop check --csv bounces.csv --only automatic --summary folder",
      "  backstop check --config backstop.toml - < message",
      "  backstop check --config backstop.toml --mail-from '<>' --rcpt-to anna@example.com \\",
      "      --peer 192.0.2.7 --helo mx.example.net bounce.eml",
      "",
      "Exit status: 0 done, 1 some input could not be read, 64 wrong usage,",
      "66 no such input, 73 the CSV file cannot be written, 74 standard output takes no",
      "more, 78 bad configuration."
    })
public final class CheckCommand implements Callable<Integer> {
  private final BiFunction<
          Path, Optional<Transaction>, BiFunction<RawMessage, AutomaticMail, Opinion>>
      judges;

  @Spec @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object a line.")
  boolean json;

  @Option(
      names = "--only",
      paramLabel = "FORM",
      split = ",",
      converter = KindConverter.class,
      description = {
        "Show only messages of these forms: ordinary, bounce, auto-reply, challenge, receipt,"
            + " notice, list-notice, feedback-report, report;",
        "bounce/failed, bounce/delayed, bounce/expanded, bounce/relayed, bounce/delivered;",
        "automatic is all but ordinary. The summary counts all."
      })
  List<Selection.Kind> only = List.of();

  @Option(names = "--summary", description = "Print only the sum of all messages, as a table.")
  boolean summary;

  @Option(names = "--explain", description = "Say for each message from what the answer follows.")
  boolean explain;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Also write a CSV file, a row for each recipient; - is standard output.")
  @Nullable String csv;

  @Option(names = "--no-progress", description = "Do not show on the terminal how far it is.")
  boolean noProgress;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Judge with the keys and the journal of this configuration.")
  @Nullable Path config;

  @Mixin private final SessionOptions session = new SessionOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "A message, an mbox file, a Maildir, a folder of these, or - for standard input."
              + " Files may be packed with gzip.")
  List<String> paths = List.of();

  public CheckCommand() {
    this(Installation::open);
  }

  /**
   * The command with the means to judge.
   *
   * @param judges opens a configuration file and gives the function that judges by it, in the
   *     session that is given if any, on several threads at once; what it throws when opening goes
   *     to the caller of the command
   */
  CheckCommand(
      BiFunction<Path, Optional<Transaction>, BiFunction<RawMessage, AutomaticMail, Opinion>>
          judges) {
    this.judges = judges;
  }

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    return run(out, command.commandLine().getErr(), System.in, Screen.ofProcess());
  }

  /** All but the finding of the streams; output is UTF-8 or ASCII as {@code out} encodes it. */
  int run(PrintWriter out, PrintWriter err, InputStream standardInput, Screen screen) {
    var wanted =
        new Wanted(json, summary, explain, new Selection(List.copyOf(only)), csv, noProgress);
    wanted.check();
    Optional<Transaction> given = session.read(config != null);
    BiFunction<RawMessage, AutomaticMail, Opinion> judge =
        config == null ? (_, mail) -> Opinion.withoutProof(mail) : judges.apply(config, given);
    return new CheckRun(wanted, judge, screen).run(paths, out, err, standardInput);
  }
}
