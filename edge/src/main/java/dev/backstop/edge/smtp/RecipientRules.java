package dev.backstop.edge.smtp;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.smtp.Reply;
import org.jspecify.annotations.Nullable;

/** What speaks against a recipient before anybody is asked about him. */
final class RecipientRules {
  static final Reply ONE_AT_A_TIME =
      new Reply(452, "4.5.3", "One recipient at a time, please send the rest separately");
  private static final Reply TOO_MANY =
      new Reply(452, "4.5.3", "Too many recipients, please send the rest separately");
  private static final Reply NO_RELAY =
      new Reply(
          550, "5.7.1", "Relaying denied: this domain is not ours, and you are no client of ours");
  private static final Reply ROUTED =
      new Reply(550, "5.7.1", "Relaying denied: an address with a route in it");

  private final GatewayServer server;

  RecipientRules(GatewayServer server) {
    this.server = server;
  }

  /** The refusal; {@code null} when nothing speaks against him. */
  @Nullable Reply objection(MailTransaction mail, Mailbox mailbox) {
    if (!mail.trusted && !mail.filter.isOurs(mailbox)) {
      server.messages().relayDenied.increment();
      return NO_RELAY;
    }
    if (!mail.trusted && hasRoute(mailbox.localPart())) {
      server.messages().relayDenied.increment();
      return ROUTED;
    }
    boolean alike =
        (mail.trusted && !mail.isNull())
            || mail.recipients().isEmpty()
            || mail.filter.areJudgedAlike(mail.view(), mailbox);
    return alike ? number(mail) : oneAtATime();
  }

  /**
   * Whether there may be one more: a bounce has one recipient, and LMTP has an answer for each (RFC
   * 2033 §4.2); one answer for several would leave somebody to be told later.
   */
  @Nullable Reply number(MailTransaction mail) {
    int before = mail.recipients().size();
    if (before >= server.settings().limits().sizes().recipients()) {
      server.counters().overLimit.increment();
      return TOO_MANY;
    }
    boolean alone = mail.isNull() || server.usesLmtp(mail.hops);
    return before > 0 && alone ? oneAtATime() : null;
  }

  private Reply oneAtATime() {
    server.messages().oneAtATime.increment();
    return ONE_AT_A_TIME;
  }

  /**
   * {@code user%elsewhere@ours} and the like: the next hop takes us for a client of its own, and
   * might follow the route.
   */
  private static boolean hasRoute(String localPart) {
    char first = localPart.charAt(0);
    return localPart.indexOf('%') >= 0
        || localPart.indexOf('!') >= 0
        || localPart.indexOf('@') >= 0
        || first == '|'
        || first == '/';
  }
}
