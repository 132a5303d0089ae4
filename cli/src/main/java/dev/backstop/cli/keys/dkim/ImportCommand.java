package dev.backstop.cli.keys.dkim;

import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.dns.DnsName;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.keys.dkim.DkimFile;
import dev.backstop.server.keys.dkim.DkimJson;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimKeyPair;
import dev.backstop.server.keys.dkim.DkimKeys;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop keys dkim import}. */
@Command(
    name = "import",
    description = {
      "Take over the keys of OpenDKIM, Rspamd or another program, or a backup.",
      "Only their public halves are kept, to recognise what comes back while that program goes on"
          + " signing. With --sign, Backstop signs with them from now on; nothing changes in DNS.",
      "The source is one of those below; so --domain and --selector go with one key."
    },
    customSynopsis = "backstop keys dkim import [OPTION]… SOURCE",
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop keys dkim import --opendkim /etc/opendkim/KeyTable",
      "  backstop keys dkim import --rspamd /var/lib/rspamd/dkim --sign",
      "  backstop keys dkim import --domain example.com --selector mail \\",
      "      --private-key /etc/mail/mail.private",
      "  backstop keys dkim import --domain example.com --selector crm \\",
      "      --public 'v=DKIM1; k=rsa; p=MIIBIjANBg…'",
      "  backstop keys dkim import --backup /safe/place/backstop-dkim.json",
      "",
      "Exit status: 0 done, 1 some keys could not be taken over, 64 wrong usage, 66 no",
      "such file or no key in it, 73 cannot be written."
    })
final class ImportCommand implements Callable<Integer> {
  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private final Settings settings = new Settings();

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      description = "The domain of that key (d=); with --opendkim, those for %%.")
  private List<String> domains = List.of();

  @Option(names = "--sign", description = "Sign with them from now on; what signed so far retires.")
  private boolean sign;

  @Option(
      names = "--replace",
      description = "Where another key of the same name is here, drop that one.")
  private boolean replace;

  @ArgGroup(validate = false, heading = "%nOne key:%n")
  private OneKeySource one = new OneKeySource();

  @ArgGroup(validate = false, heading = "%nOpenDKIM:%n")
  private OpenDkimSource openDkim = new OpenDkimSource();

  @ArgGroup(validate = false, heading = "%nRspamd:%n")
  private RspamdSource rspamd = new RspamdSource();

  @ArgGroup(validate = false, heading = "%nBackstop:%n")
  private Backup backup = new Backup();

  /** All keys of another node, or of a time before. */
  private static final class Backup {
    @Option(
        names = "--backup",
        paramLabel = "FILE",
        description =
            "What `keys dkim export` wrote; instead of all keys that are here, with --replace.")
    private @Nullable Path file;
  }

  @Override
  public Integer call() throws ConfigException {
    long sources =
        Stream.of(one.isGiven(), openDkim.isGiven(), rspamd.isGiven(), backup.file != null)
            .filter(given -> given)
            .count();
    if (sources != 1) {
      throw new CommandFailure(
          ExitStatus.USAGE,
          "give one of --opendkim, --rspamd, --private-key, --public and --backup");
    }
    if (sign && (one.isPublicOnly() || backup.file != null)) {
      throw new CommandFailure(ExitStatus.USAGE, "--sign needs private keys of another program");
    }
    Ring ring = Ring.of(settings);
    return backup.file == null ? take(ring) : restore(ring, backup.file);
  }

  private int take(Ring ring) {
    Instant now = Instant.now();
    var batch = new Batch(now);
    if (one.isGiven()) {
      one.collect(batch, domains.size() == 1 ? domains.getFirst() : null);
    } else if (openDkim.isGiven()) {
      openDkim.collect(
          batch, domains.isEmpty() ? ring.domains().stream().map(DnsName::text).toList() : domains);
    } else {
      rspamd.collect(batch);
    }
    var merge = new Merge(sign, replace, now);
    DkimKeys before = ring.load();
    DkimKeys after = batch.found().isEmpty() ? before : ring.update(old -> merge.into(old, batch));
    print(merge, before, after, now);
    List<String> problems =
        Stream.concat(batch.problems().stream(), merge.problems().stream()).toList();
    problems.forEach(problem -> spec.commandLine().getErr().println(Wording.printable(problem)));
    if (merge.changed().isEmpty() && merge.present().isEmpty()) {
      throw new CommandFailure(ExitStatus.NO_INPUT, "no key was taken over");
    }
    return problems.isEmpty() ? ExitStatus.DONE : ExitStatus.SOME_UNREAD;
  }

  private void print(Merge merge, DkimKeys before, DkimKeys after, Instant now) {
    PrintWriter out = spec.commandLine().getOut();
    var lines = new KeyLines(out);
    merge.changed().forEach(key -> lines.line(key, Wording.state(key, now) + weakness(key)));
    merge.present().forEach(key -> lines.line(key, "is here already: " + Wording.state(key, now)));
    merge.changed().stream()
        .flatMap(key -> before.signing(key.domain()).stream())
        .flatMap(old -> after.find(old.domain(), old.selector()).stream())
        .filter(key -> key.recordNeededUntil().isPresent())
        .distinct()
        .forEach(key -> lines.line(key, Wording.state(key, now)));
    if (sign && !merge.changed().isEmpty()) {
      out.println("Switch off signing in the other program, or mail carries two signatures.");
    }
  }

  private static String weakness(DkimKey key) {
    int bits = DkimKeyPair.bits(key.publicKey());
    return switch (key.algorithm()) {
      case RSA_SHA256 ->
          bits < DkimKeyPair.GOOD_BITS
              ? "; weak, have it replaced by one of 2048 bits"
              : bits > DkimKeyPair.USUAL_MAX_BITS
                  ? "; many verifiers cannot check more than 4096 bits"
                  : "";
      case ED25519_SHA256 -> "";
    };
  }

  private int restore(Ring ring, Path file) {
    String text = new String(InputFile.named(file, DkimFile.MAX_OCTETS), StandardCharsets.UTF_8);
    DkimKeys keys;
    try {
      keys = DkimJson.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitStatus.NO_INPUT, file + " is not an export of DKIM keys: " + e.getMessage());
    }
    if (replace) {
      ring.replace(keys); // even where what is there cannot be read
    } else {
      ring.update(old -> {
        if (!old.keys().isEmpty()) {
          throw new IllegalStateException(
              ring.file().path() + " has keys already; with --replace they are lost");
        }
        return keys;
      });
    }
    spec.commandLine().getOut().println(Wording.keys(keys.keys().size()) + " restored");
    return ExitStatus.DONE;
  }
}
