package dev.backstop.cli.serve;

import dev.backstop.bounce.tag.TagForm;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.cli.config.Settings;
import dev.backstop.edge.ListenAddress;
import dev.backstop.edge.smtp.nexthop.NextHop;
import dev.backstop.server.BackstopServer;
import dev.backstop.server.config.Answers;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.DomainConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code serve} says when it is ready: where everything is, and what to paste into Postfix.
 */
final class Greeting {
  private Greeting() {}

  static void print(
      PrintWriter out, BackstopServer server, BackstopConfig config, Settings.Loaded loaded) {
    out.println("Backstop is ready.");
    domains(out, config);
    out.println("config   " + (loaded.file() == null ? "none, the defaults" : loaded.file()));
    out.println("data     " + loaded.data());
    server.milterAddresses().forEach(address -> out.println("milter   " + address));
    server.tableAddresses().forEach(address -> out.println("table    " + address));
    String hops =
        config.gateway().nextHop().stream()
            .map(NextHop::toString)
            .collect(Collectors.joining(", "));
    server
        .gatewayAddresses()
        .forEach(address -> out.println("gateway  " + address + "  to " + hops));
    server
        .webAddresses()
        .forEach(address -> out.println("web      " + address + "  (/metrics /health/ready)"));
    postfix(out, server, config);
    out.flush();
  }

  private static void domains(PrintWriter out, BackstopConfig config) {
    if (config.domains().isEmpty()) {
      out.println("domains  none yet, so no mail is touched: start with --domain example.com,");
      out.println(
          "         or write  domains = [\"example.com\"]  into a file and name it with --config");
    }
    for (DomainConfig domain : config.domains().values()) {
      out.println("domain   " + domain.name() + "  " + meaning(domain));
    }
  }

  private static String meaning(DomainConfig domain) {
    String forged = domain.dmarc() == Mode.ENFORCE ? "; DMARC policies are enforced" : "";
    return switch (domain.answers().mode()) {
      case OBSERVE ->
          "observe: mail is signed and judged, "
              + (forged.isEmpty() ? "nothing is refused" : "backscatter is not refused")
              + forged;
      case ENFORCE -> "enforce: backscatter is " + done(domain.answers()) + forged;
      case AUTO ->
          "auto: as observe, until enforcing has been safe for long enough (backstop ready "
              + domain.name()
              + ")"
              + forged;
    };
  }

  private static String done(Answers answers) {
    return switch (answers.policy().backscatter()) {
      case PASS -> "delivered, by its policy";
      case MARK -> "marked";
      case QUARANTINE -> "held by the mail server";
      case REFUSE -> "refused";
    };
  }

  private static void postfix(PrintWriter out, BackstopServer server, BackstopConfig config) {
    List<ListenAddress> milters = server.milterAddresses();
    if (milters.isEmpty()) {
      return;
    }
    out.println();
    out.println("For Postfix, paste into main.cf (docs/postfix.md says why):");
    out.println("  smtpd_milters = " + asPostfix(milters.getFirst()));
    out.println(
        "  non_smtpd_milters = { " + asPostfix(milters.getFirst()) + ", default_action=tempfail }");
    out.println("  milter_default_action = accept");
    table(out, server, config);
    out.println("and into master.cf, below the services where users hand in mail:");
    out.println("  -o milter_default_action=tempfail");
  }

  private static void table(PrintWriter out, BackstopServer server, BackstopConfig config) {
    boolean prvs =
        config.domains().values().stream().anyMatch(domain -> domain.tagForm() == TagForm.PRVS);
    if ((prvs || config.domains().isEmpty()) && !server.tableAddresses().isEmpty()) {
      out.println(
          "  recipient_canonical_maps = pipemap:{regexp:{{/^(prvs=[0-9]{4}[0-9a-f]{6}=.+)/ $$1}},"
              + " socketmap:"
              + asPostfix(server.tableAddresses().getFirst())
              + ":backstop}");
    } else {
      out.println("  recipient_delimiter = +");
    }
  }

  private static String asPostfix(ListenAddress address) {
    return switch (address) {
      case ListenAddress.Tcp tcp -> "inet:" + tcp;
      case ListenAddress.Unix unix -> unix.toString();
      case ListenAddress.Inherited inherited -> inherited.toString();
    };
  }
}
