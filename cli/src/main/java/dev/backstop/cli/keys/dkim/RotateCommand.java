package dev.backstop.cli.keys.dkim;

import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.config.Dns;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimKeys;
import dev.backstop.server.keys.dkim.DkimState;
import dev.backstop.server.keys.dkim.Publication;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code backstop keys dkim rotate}. */
@Command(
    name = "rotate",
    description = {
      "Sign with the new keys from now on.",
      "Those that signed so far retire: they still recognise what comes back. A new key whose"
          + " record the world does not see yet stays new; come back later."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop keys dkim rotate example.com",
      "  backstop keys dkim rotate --all",
      "",
      "Exit status: 0 done, 64 wrong usage, 66 no new key, 69 a record is not visible."
    })
final class RotateCommand implements Callable<Integer> {
  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @ParentCommand
  private DkimCommand dkim;

  @Mixin private final Settings settings = new Settings();

  @Parameters(arity = "0..*", paramLabel = "DOMAIN", description = "Whose new keys shall sign.")
  private List<String> domains = List.of();

  @Option(names = "--all", description = "Every domain that has a new key.")
  private boolean all;

  @Option(
      names = "--dns",
      paramLabel = "SERVER",
      defaultValue = DkimCommand.CONFIGURED,
      description =
          "Whom to ask for the records: HOST:PORT, system, or configured for the servers of the"
              + " configuration. Default: ${DEFAULT-VALUE}.")
  private String dns = DkimCommand.CONFIGURED;

  @Option(
      names = "--force",
      description =
          "Do not ask. A signature whose key nobody finds proves nothing, and under DMARC it may"
              + " cost the delivery.")
  private boolean force;

  private record Seen(DkimKey key, Publication publication) {}

  @Override
  public Integer call() throws ConfigException {
    if (all != domains.isEmpty()) {
      throw new CommandFailure(ExitStatus.USAGE, "give either DOMAIN or --all");
    }
    Ring ring = Ring.of(settings);
    List<Seen> seen = look(newKeys(ring.load(), Names.domains(domains)), ring.dns());
    List<DkimKey> visible =
        seen.stream()
            .filter(each -> each.publication() instanceof Publication.Visible)
            .map(Seen::key)
            .toList();
    Instant now = Instant.now();
    List<DkimKey> retired = visible.isEmpty() ? List.of() : rotate(ring, visible, now);
    print(seen, retired, now);
    return visible.size() == seen.size() ? ExitStatus.DONE : ExitStatus.UNAVAILABLE;
  }

  private static List<DkimKey> newKeys(DkimKeys keys, List<DnsName> domains) {
    List<DkimKey> found =
        Ring.chosen(keys, domains).stream()
            .filter(key -> key.state() instanceof DkimState.New)
            .toList();
    List<DnsName> having = found.stream().map(DkimKey::domain).toList();
    for (DnsName domain : domains) {
      if (!having.contains(domain)) {
        throw new CommandFailure(
            ExitStatus.NO_INPUT,
            domain
                + " has no new key; make one and publish its record: backstop keys dkim new "
                + domain);
      }
    }
    return found;
  }

  private List<Seen> look(List<DkimKey> keys, Dns configured) {
    if (force || keys.isEmpty()) {
      return keys.stream().map(key -> new Seen(key, new Publication.Visible())).toList();
    }
    Resolver resolver = dkim.resolver(dns, configured);
    return keys.stream().map(key -> new Seen(key, Publication.of(key, resolver))).toList();
  }

  /**
   * Lets these keys sign. Asking for records took a while: what is in the file now counts.
   *
   * @return the keys that retired for them
   */
  private static List<DkimKey> rotate(Ring ring, List<DkimKey> visible, Instant now) {
    List<DkimKey> before = new ArrayList<>();
    DkimKeys after =
        ring.update(old -> {
          for (DkimKey key : visible) {
            old.of(key.domain()).stream()
                .filter(each -> each.algorithm() == key.algorithm())
                .filter(each -> each.state() instanceof DkimState.Signing)
                .forEach(before::add);
          }
          return old.with(visible.stream().map(key -> present(old, key).signs(now)).toList(), now);
        });
    return before.stream()
        .flatMap(key -> after.find(key.domain(), key.selector()).stream())
        .toList();
  }

  private static DkimKey present(DkimKeys keys, DkimKey seen) {
    return keys.find(seen.domain(), seen.selector())
        .filter(key -> key.publicKey().equals(seen.publicKey()))
        .orElseThrow(
            () -> new IllegalStateException(seen.recordName() + " was removed in the meantime"));
  }

  private void print(List<Seen> seen, List<DkimKey> retired, Instant now) {
    PrintWriter out = spec.commandLine().getOut();
    if (seen.isEmpty()) {
      out.println("no domain has a new key");
    }
    var lines = new KeyLines(out);
    for (Seen each : seen) {
      DkimKey key = each.key();
      lines.line(
          key,
          each.publication() instanceof Publication.Visible
              ? "signs from now on"
              : "stays new: " + each.publication().describe());
      retired.stream()
          .filter(old -> old.domain().equals(key.domain()) && old.algorithm() == key.algorithm())
          .forEach(old -> lines.line(old, Wording.state(old, now)));
    }
  }
}
