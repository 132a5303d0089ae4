package dev.backstop.cli.keys.dkim;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.dns.DnsName;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimKeyPair;
import dev.backstop.server.keys.dkim.DkimKeys;
import dev.backstop.server.keys.dkim.DkimState;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop keys dkim new}. */
@Command(
    name = "new",
    description = {
      "Make keys and print the DNS records to publish.",
      "The keys do not sign before `backstop keys dkim rotate`."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop keys dkim new example.com",
      "  backstop keys dkim new --algorithm rsa --bits 3072 --selector s1 example.com",
      "",
      "Exit status: 0 done, 64 wrong usage, 73 cannot be written, or there are new keys",
      "already."
    })
final class NewCommand implements Callable<Integer> {
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("yyyyMM").withZone(ZoneOffset.UTC);

  /** What to make; RSA for everybody, Ed25519 beside it (RFC 8463 §6). */
  enum Kinds {
    RSA,
    ED25519,
    BOTH;

    List<Algorithm> algorithms() {
      return switch (this) {
        case RSA -> List.of(Algorithm.RSA_SHA256);
        case ED25519 -> List.of(Algorithm.ED25519_SHA256);
        case BOTH -> List.of(Algorithm.RSA_SHA256, Algorithm.ED25519_SHA256);
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private final Settings settings = new Settings();

  @Parameters(arity = "1..*", paramLabel = "DOMAIN", description = "What to sign for (d=).")
  private List<String> domains = List.of();

  @Option(
      names = "--algorithm",
      paramLabel = "KIND",
      defaultValue = "both",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Kinds kinds = Kinds.BOTH;

  @Option(
      names = "--bits",
      paramLabel = "N",
      defaultValue = "2048",
      description = "Size of an RSA key, 2048 to 4096. Default: ${DEFAULT-VALUE}.")
  private int bits;

  @Option(
      names = "--selector",
      paramLabel = "NAME",
      description =
          "Name of the key (s=); of two keys, NAME-rsa and NAME-ed25519. Default: by the month,"
              + " such as bs202611r and bs202611e.")
  private @Nullable String selector;

  @Override
  public Integer call() throws ConfigException {
    if (bits < DkimKeyPair.GOOD_BITS || bits > DkimKeyPair.USUAL_MAX_BITS) {
      throw new CommandFailure(ExitStatus.USAGE, "--bits takes 2048 to 4096");
    }
    List<DnsName> names = Names.domains(domains);
    Ring ring = Ring.of(settings);
    Instant now = Instant.now();
    DkimKeys present = ring.load();
    List<DkimKey> made = new ArrayList<>();
    for (DnsName domain : names) {
      for (Algorithm algorithm : kinds.algorithms()) {
        made.add(make(domain, algorithm, present, now));
      }
    }
    ring.update(old -> {
      made.forEach(key -> checkFree(old, key.domain(), key.algorithm(), key.selector()));
      return old.with(made, now);
    });
    print(made, names, ring);
    return ExitStatus.DONE;
  }

  private DkimKey make(DnsName domain, Algorithm algorithm, DkimKeys present, Instant now) {
    String name = selector(domain, algorithm, present, now);
    try {
      checkFree(present, domain, algorithm, name);
    } catch (IllegalStateException e) {
      throw new CommandFailure(ExitStatus.CANNOT_CREATE, String.valueOf(e.getMessage()));
    }
    DkimKeyPair pair = DkimKeyPair.generate(algorithm, bits, new SecureRandom());
    return new DkimKey(
        domain, name, algorithm, pair.publicKey(), now, new DkimState.New(pair.privateKey()));
  }

  private String selector(DnsName domain, Algorithm algorithm, DkimKeys present, Instant now) {
    if (selector != null) {
      String suffix = kinds == Kinds.BOTH ? "-" + algorithm.keyType() : "";
      return Names.selectorOrFail(domain, selector + suffix);
    }
    String first = "bs" + MONTH.format(now) + algorithm.keyType().charAt(0);
    return Stream.concat(
            Stream.of(first), IntStream.iterate(2, n -> n + 1).mapToObj(n -> first + n))
        .filter(name -> present.find(domain, name).isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static void checkFree(
      DkimKeys present, DnsName domain, Algorithm algorithm, String selector) {
    for (DkimKey key : present.of(domain)) {
      if (key.state() instanceof DkimState.New && key.algorithm() == algorithm) {
        throw new IllegalStateException(
            "%s has a new %s key already, %s, which waits for `backstop keys dkim rotate %s`; its record: backstop keys dkim publish %s"
                .formatted(domain, algorithm.keyType(), key.selector(), domain, domain));
      }
      if (key.selector().equals(selector)) {
        throw new IllegalStateException(
            "%s has a key named %s already; choose another --selector".formatted(domain, selector));
      }
    }
  }

  private void print(List<DkimKey> made, List<DnsName> names, Ring ring) {
    PrintWriter out = spec.commandLine().getOut();
    var lines = new KeyLines(out);
    for (DkimKey key : made) {
      lines.line(key, "new, does not sign yet");
      lines.record(key);
    }
    String all = String.join(" ", names.stream().map(DnsName::text).toList());
    out.println();
    out.println("Next: publish " + (made.size() == 1 ? "this record" : "these records") + ", then");
    out.println("  backstop keys dkim publish --dns system " + all);
    out.println("      says when the world sees them, and");
    out.println("  backstop keys dkim rotate " + all);
    out.println("      signs with them from then on");
    names.stream()
        .filter(name -> !ring.domains().contains(name))
        .forEach(name ->
            spec.commandLine()
                .getErr()
                .println(
                    "warning: "
                        + name
                        + " is not in `domains` of the configuration; nothing is"
                        + " signed for it until it is"));
  }
}
