package dev.backstop.server.rules;

import dev.backstop.bounce.policy.Policy;
import dev.backstop.bounce.tag.HeaderToken;
import dev.backstop.bounce.tag.Tagger;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.config.Answers;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.DomainConfig;
import dev.backstop.server.keys.Keys;
import dev.backstop.server.keys.dkim.DkimKeys;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * What one transaction is judged by: the configuration and the keys as they were when it began.
 * Immutable; a reload makes a new one.
 *
 * @param enforcing domains of mode {@code auto} that enforce by now
 */
public record Rules(
    BackstopConfig config,
    Tagger tagger,
    HeaderToken token,
    Signers signers,
    DkimKeys dkim,
    Set<String> enforcing) {

  public Rules {
    enforcing = Set.copyOf(enforcing);
  }

  public static Rules of(BackstopConfig config, Keys keys, DkimKeys dkim, Set<String> enforcing) {
    return new Rules(
        config,
        new Tagger(keys.tags()),
        new HeaderToken(keys.tags()),
        new Signers(dkim),
        dkim,
        enforcing);
  }

  public Optional<DomainConfig> domainOf(Mailbox address) {
    return config.domain(address.domain());
  }

  /** Whether that is the name of a domain of ours or of a host in one. */
  public boolean isHostOfOurs(String name) {
    for (String rest = name; !rest.isEmpty(); rest = parent(rest)) {
      if (config.domain(rest).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static String parent(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }

  /**
   * How far we may go with answers to this address now.
   *
   * @param plain without tag
   */
  public Mode modeOf(Mailbox plain) {
    return switch (config.answers(plain).orElse(Answers.DEFAULT).mode()) {
      case OBSERVE -> Mode.OBSERVE;
      case ENFORCE -> Mode.ENFORCE;
      case AUTO ->
          domainOf(plain).map(DomainConfig::name).filter(enforcing::contains).isPresent()
              ? Mode.ENFORCE
              : Mode.OBSERVE;
    };
  }

  /**
   * What is done with answers to this address where it enforces.
   *
   * @param plain without tag
   */
  public Policy policyOf(Mailbox plain) {
    return config.answers(plain).orElse(Answers.DEFAULT).policy();
  }

  /**
   * Whether this is our own mail on its way out: the client is authenticated, in one of our
   * networks or on this machine, and the sender is in a domain of ours. The null sender is never
   * ours: our own bounces are judged like all others.
   */
  public boolean isOutgoing(Transaction transaction) {
    return transaction.reversePath() instanceof Mailbox sender
        && domainOf(sender).isPresent()
        && isTrusted(transaction.peer());
  }

  /** Whether it is a client of ours: authenticated, in one of our networks or on this machine. */
  public boolean isTrusted(Peer peer) {
    InetAddress client = peer.address();
    return peer.authenticated() != null
        || peer.submittedLocally()
        || (client != null && config.isOurs(client));
  }
}
