package dev.backstop.cli.auth;

import dev.backstop.cli.auth.request.Names;
import dev.backstop.cli.auth.request.Request;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.dns.DnsName;
import dev.backstop.server.config.ConfigException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop auth dmarc}: which policy applies, and what is aligned. */
@Command(
    name = "dmarc",
    exitCodeOnInvalidInput = ExitStatus.USAGE,
    description = {
      "Find the DMARC record of an author domain, and whether domains that SPF or",
      "DKIM proved are aligned with it. With no such domain: what is to be done with",
      "mail that nothing proves."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop auth dmarc --author example.com",
      "  backstop auth dmarc --author example.com --spf-pass bounce.example.com",
      "  backstop auth dmarc --author example.com --dkim-pass a.example --dkim-pass b.example",
      "  backstop auth dmarc --author example.com --json --dns 127.0.0.1:5353",
      "  backstop auth dmarc --batch < requests.jsonl",
      "",
      "Exit status: 0 done, whatever was found; 1 a request of a batch was not",
      "understood; 64 wrong usage; 74 standard output takes no more;",
      "78 bad configuration."
    })
public final class DmarcCommand implements Callable<Integer> {
  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin AuthOptions options = new AuthOptions();

  @Option(
      names = "--author",
      paramLabel = "DOMAIN",
      converter = DomainConverter.class,
      description = "Domain of the address in From.")
  @Nullable DnsName author;

  @Option(
      names = "--spf-pass",
      paramLabel = "DOMAIN",
      converter = DomainConverter.class,
      description = "Domain of MAIL FROM that SPF proved.")
  List<DnsName> spfPass = List.of();

  @Option(
      names = "--dkim-pass",
      paramLabel = "DOMAIN",
      converter = DomainConverter.class,
      description = "Domain of a DKIM signature that is good; may be given again.")
  List<DnsName> dkimPass = List.of();

  @Override
  public Integer call() throws ConfigException {
    if (options.batch) {
      if (author != null || !spfPass.isEmpty() || !dkimPass.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "--batch takes domains from its requests, not as options");
      }
      return options.batch(spec, Optional.of("dmarc"));
    }
    if (author == null) {
      throw new ParameterException(spec.commandLine(), "Missing option --author DOMAIN");
    }
    return options.print(spec, author.text(), new Request.Dmarc(author, spfPass, dkimPass));
  }

  static final class DomainConverter implements ITypeConverter<DnsName> {
    @Override
    public DnsName convert(String value) {
      return Conversion.of(value, Names::domain);
    }
  }
}
