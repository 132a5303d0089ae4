package dev.backstop.cli.demo;

import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.cli.log.QuietLog;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop demo}. */
@Command(
    name = "demo",
    description = {
      "Show Backstop at work, in half a minute and on this machine alone.",
      "The real server runs on a temporary store, and around it users, foreign servers,",
      "autoresponders, a list and a spammer live through a month. Nothing is",
      "installed, sent or kept.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop demo",
      "  backstop demo --fast --forged 20000 --seed 7",
      "  backstop demo --json | jq .false",
      "",
      "Exit status: 0 all genuine answers delivered and all false ones stopped, 1 not",
      "so, 64 wrong usage, 69 the server could not be started or broke off."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int WRONG = 1;
  private static final Duration LENGTH = Duration.ofSeconds(24);
  private static final int LEAST_FORGED = 10;

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private final UnaryOperator<SocketAddress> way;

  @Option(
      names = "--forged",
      paramLabel = "N",
      defaultValue = "2000",
      description = "How many mails the spammer forges. Default: ${DEFAULT-VALUE}.")
  private int forged;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another number makes another month. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--fast", description = "As fast as it goes, not as fast as one can read.")
  private boolean fast;

  @Option(names = "--json", description = "Print the result as one JSON object; implies --fast.")
  private boolean json;

  /** For picocli. */
  public DemoCommand() {
    this(UnaryOperator.identity());
  }

  /**
   * A demo that can fail.
   *
   * @param way from the address of Backstop's milter to the one that the mail server asks
   */
  DemoCommand(UnaryOperator<SocketAddress> way) {
    this.way = way;
  }

  @Override
  public Integer call() {
    if (forged < LEAST_FORGED) {
      throw new ParameterException(spec.commandLine(), "--forged must be at least " + LEAST_FORGED);
    }
    long began = System.nanoTime();
    var demo = new Demo();
    try (var log = new QuietLog()) {
      run(demo);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      if (json) {
        out().println(ResultJson.render(demo.score(), seed, took, log.warnings()));
      } else {
        new ResultPage(out(), paint()).print(demo.score(), took, log.warnings());
      }
    }
    return demo.score().tally().isRight() ? ExitStatus.DONE : WRONG;
  }

  private void run(Demo demo) {
    try (RealBackstop backstop = RealBackstop.start(demo.clock())) {
      SocketAddress milter = way.apply(backstop.milter());
      if (json) {
        demo.run(() -> milter, seed, forged, Duration.ZERO);
        return;
      }
      introduce(backstop);
      try (var _ = new Watch(view(demo))) {
        demo.run(() -> milter, seed, forged, fast ? Duration.ZERO : LENGTH);
      }
    } catch (UncheckedIOException e) {
      throw new CommandFailure(ExitStatus.UNAVAILABLE, e.getMessage() + ": " + e.getCause());
    }
  }

  private void introduce(RealBackstop backstop) {
    PrintWriter out = out();
    out.println(
        "A month of mail for "
            + OurMailServer.DOMAIN
            + ", behind the real Backstop at milter "
            + backstop.milter().toString().replace("/", "")
            + ".");
    out.println("Played: all else. Nothing leaves this machine; the data in");
    out.println(backstop.folder() + " is removed at the end.");
    out.println();
    out.flush();
  }

  private Watch.View view(Demo demo) {
    return paint().on() ? new Board(out(), demo, paint()) : new ProgressLines(out(), demo);
  }

  private Paint paint() {
    return new Paint(spec.commandLine().getColorScheme().ansi().enabled());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
