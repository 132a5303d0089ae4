package dev.backstop.cli.keys.dkim;

import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.dns.DnsName;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimKeys;
import dev.backstop.server.keys.dkim.DkimState;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop keys dkim retire}. */
@Command(
    name = "retire",
    description = {
      "End a key.",
      "Its private half is destroyed, for good. Its public half stays, to recognise what comes back."
          + " A key that never signed is removed altogether."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop keys dkim retire example.com bs202604r",
      "  backstop keys dkim retire --forget example.com bs202604r    it was stolen",
      "",
      "Exit status: 0 done, 64 wrong usage, 66 no such key, 73 refused without",
      "--force."
    })
final class RetireCommand implements Callable<Integer> {
  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private final Settings settings = new Settings();

  @Parameters(index = "0", paramLabel = "DOMAIN", description = "Whose key (d=).")
  private String domain = "";

  @Parameters(index = "1", paramLabel = "SELECTOR", description = "Its name (s=).")
  private String selector = "";

  @Option(
      names = "--force",
      description = "Even when it signs, so that mail leaves without its signature.")
  private boolean force;

  @Option(
      names = "--forget",
      description =
          "Forget the public half too, for a key that was stolen: what is signed with it proves"
              + " nothing any more.")
  private boolean forget;

  @Override
  public Integer call() throws ConfigException {
    DnsName name = Names.domains(List.of(domain)).getFirst();
    Ring ring = Ring.of(settings);
    Instant now = Instant.now();
    DkimKey key = find(ring.load(), name);
    DkimKeys after = ring.update(old -> changed(old, find(old, name), now));
    print(key, after, now);
    return ExitStatus.DONE;
  }

  private DkimKey find(DkimKeys keys, DnsName name) {
    return keys.find(name, selector)
        .orElseThrow(() ->
            new CommandFailure(
                ExitStatus.NO_INPUT,
                name + " has no key " + selector + "; see: backstop keys dkim list " + name));
  }

  private DkimKeys changed(DkimKeys old, DkimKey key, Instant now) {
    if (key.state() instanceof DkimState.Signing && !force) {
      throw new IllegalStateException(
          "%s signs for %s; mail would leave without its signature. Replace it (backstop keys dkim new, rotate), or retire it with --force"
              .formatted(key.selector(), key.domain()));
    }
    if (forget) {
      return old.without(key);
    }
    return switch (key.state()) {
      case DkimState.New _ -> old.without(key);
      case DkimState.Signing _, DkimState.External _ -> old.with(List.of(key.retired(now)), now);
      case DkimState.Retired _ -> old;
    };
  }

  private void print(DkimKey key, DkimKeys after, Instant now) {
    PrintWriter out = spec.commandLine().getOut();
    after
        .find(key.domain(), key.selector())
        .ifPresentOrElse(
            kept -> new KeyLines(out).line(kept, Wording.state(kept, now)),
            () ->
                new KeyLines(out)
                    .line(
                        key,
                        forget
                            ? "forgotten. Put `v=DKIM1; p=` in the place of its record at once"
                            : "removed; it never signed. Remove its record too"));
  }
}
