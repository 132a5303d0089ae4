package dev.backstop.cli.check;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.form.MessageReader;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.mail.message.RawMessage;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code backstop check}: what each message is, and with a configuration whether it answers mail of
 * ours.
 *
 * <p>Exit status: 0 done, 1 some input could not be read, 64 wrong usage, 66 no such input, 78 bad
 * configuration.
 */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = 64,
    description = "Say what messages are: bounce, auto-reply, receipt, report or ordinary mail.",
    footer = {
      "",
      "Examples:",
      "  backstop check bounce.eml",
      "  backstop check --json ~/Maildir /var/mail/alice",
      "  backstop check --config backstop.toml - < message",
      "",
      "Exit status: 0 done, 1 some input could not be read, 64 wrong usage,",
      "66 no such input, 78 bad configuration."
    })
public final class CheckCommand implements Callable<Integer> {
  private static final int UNREADABLE = 1;
  private static final int NO_INPUT = 66;

  /** How many results may wait in the buffer before a closed pipe is noticed. */
  private static final int FLUSH_EVERY = 256;

  private final Function<Path, BiFunction<RawMessage, AutomaticMail, Opinion>> judges;

  @Spec @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object a line.")
  boolean json;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Judge with the keys and the journal of this configuration.")
  @Nullable Path config;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "A message, an mbox file, a Maildir, a folder of these, or - for standard input.")
  List<String> paths = List.of();

  private final Map<Form, Integer> forms = new EnumMap<>(Form.class);
  private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
  private int printed;
  private int unreadable;

  public CheckCommand() {
    this(StoredJudge::open);
  }

  /**
   * The command with the means to judge.
   *
   * @param judges opens a configuration file and gives the function that judges by it; what it
   *     throws goes to the caller of the command
   */
  CheckCommand(Function<Path, BiFunction<RawMessage, AutomaticMail, Opinion>> judges) {
    this.judges = judges;
  }

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    return run(command.commandLine().getOut(), command.commandLine().getErr(), System.in);
  }

  /** All but the finding of the streams; output is UTF-8 or ASCII as {@code out} encodes it. */
  int run(PrintWriter out, PrintWriter err, InputStream standardInput) {
    BiFunction<RawMessage, AutomaticMail, Opinion> judge =
        config == null ? (_, mail) -> Opinion.withoutProof(mail) : judges.apply(config);
    var inputs =
        new Inputs(
            (name, message) -> print(out, check(name, message, judge)),
            (name, reason) -> problem(err, name, reason));
    int missing = 0;
    for (String path : paths) {
      if (out.checkError()) {
        break; // nobody reads on: the rest would be work for nothing
      }
      if (path.equals("-")) {
        inputs.standardInput(standardInput);
      } else if (exists(path)) {
        inputs.path(Path.of(path));
      } else {
        problem(err, path, "no such file or folder");
        missing++;
      }
    }
    if (!json) {
      out.println(summary());
    }
    out.flush();
    err.flush();
    return missing == paths.size() ? NO_INPUT : unreadable > 0 ? UNREADABLE : 0;
  }

  private static boolean exists(String path) {
    try {
      return Files.exists(Path.of(path));
    } catch (InvalidPathException _) {
      return false;
    }
  }

  private static Checked check(
      String name, RawMessage message, BiFunction<RawMessage, AutomaticMail, Opinion> judge) {
    AutomaticMail mail = MessageReader.read(message);
    return new Checked(name, message.truncated(), mail, judge.apply(message, mail));
  }

  private void print(PrintWriter out, Checked checked) {
    forms.merge(checked.mail().form(), 1, Integer::sum);
    verdicts.merge(checked.opinion().verdict(), 1, Integer::sum);
    out.println(json ? JsonLine.of(checked) : TextBlock.of(checked));
    if (++printed % FLUSH_EVERY == 0) {
      out.flush();
    }
  }

  private void problem(PrintWriter err, String name, String reason) {
    unreadable++;
    err.println("backstop check: " + TextBlock.clean(name) + ": " + TextBlock.clean(reason));
  }

  private String summary() {
    return printed
        + (printed == 1 ? " message" : " messages")
        + counts(forms)
        + counts(verdicts)
        + (unreadable == 0 ? "" : "; " + unreadable + " could not be read");
  }

  private static String counts(Map<?, Integer> counts) {
    return counts.isEmpty()
        ? ""
        : counts.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", ", "; ", ""));
  }
}
