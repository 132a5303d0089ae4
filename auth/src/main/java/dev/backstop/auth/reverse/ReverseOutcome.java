package dev.backstop.auth.reverse;

import dev.backstop.auth.authres.MethodResult;
import dev.backstop.dns.DnsName;
import dev.backstop.mail.address.IpLiteral;
import java.net.InetAddress;
import java.util.List;

/** The results of {@code iprev} (RFC 8601 §2.7.3). */
public sealed interface ReverseOutcome {

  /** The client's address. */
  InetAddress address();

  /** The name of the address leads back to it. */
  record Pass(InetAddress address, DnsName name) implements ReverseOutcome {}

  /**
   * There are names, and none leads back.
   *
   * @param names those that were looked up, in the order of the answer
   */
  record Fail(InetAddress address, List<DnsName> names) implements ReverseOutcome {
    public Fail {
      names = List.copyOf(names);
    }
  }

  /** The address has no name. */
  record PermError(InetAddress address) implements ReverseOutcome {}

  /**
   * The name servers did not answer.
   *
   * @param reason a few words for the log
   */
  record TempError(InetAddress address, String reason) implements ReverseOutcome {}

  /** For the Authentication-Results field. */
  default MethodResult authenticationResult() {
    MethodResult result =
        switch (this) {
          case Pass pass -> MethodResult.of("iprev", "pass").comment(pass.name().text());
          case Fail fail ->
              MethodResult.of("iprev", "fail")
                  .comment(fail.names().getFirst() + " does not lead back");
          case PermError _ -> MethodResult.of("iprev", "permerror").comment("no name");
          case TempError error -> MethodResult.of("iprev", "temperror").comment(error.reason());
        };
    return result.property("policy", "iprev", IpLiteral.render(address()));
  }
}
