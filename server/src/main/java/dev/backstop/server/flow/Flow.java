package dev.backstop.server.flow;

import dev.backstop.bounce.policy.Policy;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.edge.MessageFilter;
import dev.backstop.edge.smtp.GatewayFilter;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.answers.AutomaticAnswer;
import dev.backstop.server.config.DomainConfig;
import dev.backstop.server.rules.Rules;
import java.util.List;
import java.util.Optional;

/**
 * Sends each transaction on its way: our own mail to {@link Outgoing}, everything else to {@link
 * Incoming}. Holds no state, safe for all threads.
 */
public final class Flow implements GatewayFilter {
  private final Rules rules;
  private final Outgoing outgoing;
  private final Incoming incoming;

  public Flow(Rules rules, Outgoing outgoing, Incoming incoming) {
    this.rules = rules;
    this.outgoing = outgoing;
    this.incoming = incoming;
  }

  @Override
  public Answer sender(Transaction transaction) {
    return Answer.CONTINUE;
  }

  @Override
  public Answer recipient(Transaction transaction, Mailbox recipient) {
    return rules.isOutgoing(transaction)
        ? Answer.CONTINUE
        : incoming.recipient(transaction, recipient);
  }

  @Override
  public MessageFilter message(Transaction transaction, List<HeaderField> header) {
    return rules.isOutgoing(transaction)
        ? outgoing.begin(transaction, header)
        : incoming.begin(transaction, header);
  }

  @Override
  public boolean isOurClient(Peer peer) {
    return rules.isTrusted(peer);
  }

  @Override
  public boolean isOurs(Mailbox recipient) {
    return rules.domainOf(recipient).isPresent();
  }

  /** By what they ask for; whose mail an answer answers is looked at for each alone. */
  @Override
  public boolean areJudgedAlike(Transaction transaction, Mailbox recipient) {
    if (rules.isOutgoing(transaction)) {
      return true;
    }
    Wishes wishes = wishes(recipient);
    return transaction.reversePath() instanceof Mailbox
        && transaction.recipients().stream().map(this::wishes).allMatch(wishes::equals);
  }

  /** What a recipient asks for; what is nobody's of ours asks for nothing. */
  private record Wishes(Mode mode, Policy policy, Optional<Mode> dmarc) {}

  private Wishes wishes(Mailbox recipient) {
    Mailbox plain = AutomaticAnswer.plain(recipient);
    return new Wishes(
        rules.modeOf(plain), rules.policyOf(plain), rules.domainOf(plain).map(DomainConfig::dmarc));
  }

  @Override
  public ReversePath senderAtNextHop(Transaction transaction) {
    return rules.isOutgoing(transaction)
        ? outgoing.usualSender((Mailbox) transaction.reversePath())
        : transaction.reversePath();
  }

  @Override
  public Mailbox recipientAtNextHop(Transaction transaction, Mailbox recipient) {
    boolean untagged = !rules.isOutgoing(transaction) && isOurs(recipient);
    return untagged ? AutomaticAnswer.plain(recipient) : recipient;
  }
}
