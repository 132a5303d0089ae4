package dev.backstop.server.flow;

import dev.backstop.bounce.tag.Tagger;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.DomainConfig;
import dev.backstop.server.keys.Keys;
import dev.backstop.server.keys.dkim.DkimKeys;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What one transaction is judged by: the configuration and the keys as they were when it began.
 * Immutable; a reload makes a new one.
 */
public record Rules(BackstopConfig config, Tagger tagger, Signers signers) {

  public static Rules of(BackstopConfig config, Keys keys, DkimKeys dkim) {
    return new Rules(config, new Tagger(keys.tags()), new Signers(dkim));
  }

  Optional<DomainConfig> domainOf(Mailbox address) {
    return config.domain(address.domain());
  }

  /** Whether that is the name of a domain of ours or of a host in one. */
  boolean isHostOfOurs(String name) {
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
   * Whether this is our own mail on its way out: the client is authenticated, in one of our
   * networks or on this machine, and the sender is in a domain of ours. The null sender is never
   * ours: our own bounces are judged like all others.
   */
  boolean isOutgoing(Transaction transaction) {
    return transaction.reversePath() instanceof Mailbox sender
        && domainOf(sender).isPresent()
        && isTrusted(transaction);
  }

  private boolean isTrusted(Transaction transaction) {
    InetAddress client = transaction.peer().address();
    return transaction.peer().authenticated() != null
        || transaction.peer().submittedLocally()
        || (client != null && config.isOurs(client));
  }
}
