package dev.backstop.cli.keys.dkim;

import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.dns.Resolver;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimState;
import dev.backstop.server.keys.dkim.Publication;
import dev.backstop.server.keys.dkim.ZoneText;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code backstop keys dkim publish}. */
@Command(
    name = "publish",
    description = {
      "Print the DNS records that must be there now, or ask whether they are.",
      "They are those of keys that are new, that sign, and that retired lately, because mail under"
          + " way is still checked with them."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop keys dkim publish",
      "  backstop keys dkim publish --zone > dkim.zone     to $INCLUDE in a zone",
      "  backstop keys dkim publish --dns system example.com",
      "  backstop keys dkim publish --dns 192.0.2.53:53    the server of the zone",
      "",
      "Exit status: 0 done and, with --dns, all visible; 64 wrong usage, 66 no such",
      "key, 69 not all visible."
    })
final class PublishCommand implements Callable<Integer> {
  /** For how long after its end we say that a record may go. */
  private static final Duration REMINDER = Duration.ofDays(90);

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @ParentCommand
  private DkimCommand dkim;

  @Mixin private final Settings settings = new Settings();

  @Parameters(arity = "0..*", paramLabel = "DOMAIN", description = "Default: all that have a key.")
  private List<String> domains = List.of();

  @Option(
      names = "--dns",
      paramLabel = "SERVER",
      description =
          "Ask whether they are visible, instead of printing them: HOST:PORT, system for the"
              + " name servers of this machine, or configured for those of the configuration.")
  private @Nullable String dns;

  @Option(names = "--zone", description = "Print nothing but lines of a zone file.")
  private boolean zone;

  @Override
  public Integer call() throws ConfigException {
    if (zone && dns != null) {
      throw new CommandFailure(ExitStatus.USAGE, "give either --zone or --dns");
    }
    Ring ring = Ring.of(settings);
    Instant now = Instant.now();
    List<DkimKey> keys = Ring.chosen(ring.load(), Names.domains(domains));
    List<DkimKey> wanted = keys.stream().filter(key -> isWanted(key, now)).toList();
    if (dns != null) {
      return check(wanted, endedLately(keys, now), dkim.resolver(dns, ring.dns()), now);
    }
    if (zone) {
      wanted.forEach(key -> out().println(ZoneText.render(key.recordName(), key.record())));
      return ExitStatus.DONE;
    }
    print(wanted, now);
    List<DkimKey> ended = endedLately(keys, now);
    if (!ended.isEmpty()) {
      out().println("Needed no more, may be removed:");
      ended.forEach(key -> out().println("  " + key.recordName()));
    }
    return ExitStatus.DONE;
  }

  private static boolean isWanted(DkimKey key, Instant now) {
    return switch (key.state()) {
      case DkimState.New _, DkimState.Signing _ -> true;
      case DkimState.External _ -> false; // who signs with it publishes it
      case DkimState.Retired _ -> key.recordNeededUntil().filter(now::isBefore).isPresent();
    };
  }

  private static List<DkimKey> endedLately(List<DkimKey> keys, Instant now) {
    return keys.stream()
        .filter(key ->
            key.recordNeededUntil()
                .filter(end -> !now.isBefore(end) && now.isBefore(end.plus(REMINDER)))
                .isPresent())
        .toList();
  }

  private void print(List<DkimKey> wanted, Instant now) {
    if (wanted.isEmpty()) {
      out().println("no record of ours has to be published");
    }
    var lines = new KeyLines(out());
    for (DkimKey key : wanted) {
      lines.line(key, Wording.state(key, now));
      lines.record(key);
    }
  }

  private int check(List<DkimKey> wanted, List<DkimKey> ended, Resolver resolver, Instant now) {
    boolean all = true;
    var lines = new KeyLines(out());
    for (DkimKey key : wanted) {
      Publication seen = Publication.of(key, resolver);
      all &= seen instanceof Publication.Visible;
      lines.line(key, seen.describe() + " (" + Wording.state(key, now) + ")");
    }
    for (DkimKey key : ended) {
      if (Publication.of(key, resolver) instanceof Publication.Visible) {
        lines.line(key, "still visible; needed no more, may be removed");
      }
    }
    return all ? ExitStatus.DONE : ExitStatus.UNAVAILABLE;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
