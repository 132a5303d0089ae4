package dev.backstop.server.senders;

import dev.backstop.auth.dkim.DkimOutcome;
import dev.backstop.auth.dkim.DkimVerification;
import dev.backstop.auth.dkim.DnsKeys;
import dev.backstop.auth.dmarc.AuthorDomain;
import dev.backstop.auth.reverse.HeloCheck;
import dev.backstop.auth.reverse.HeloFinding;
import dev.backstop.auth.reverse.ReverseDns;
import dev.backstop.auth.reverse.ReverseOutcome;
import dev.backstop.auth.spf.SpfOutcome;
import dev.backstop.auth.spf.SpfVerifier;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.smtp.Transaction;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The checks of one message, which began with its header: each on a virtual thread of its own,
 * while the body comes. Every wait is bounded by the budget of the resolver. For one thread at a
 * time.
 */
public final class SenderCheck {
  private final Resolver resolver;
  private final Supplier<Resolver> authorResolvers;
  private final InstantSource clock;
  private final DkimVerification dkim;
  private final AuthorDomain author;
  private final Pending<SpfOutcome> spf;
  private final Pending<ReverseOutcome> reverse;
  private final Pending<Set<HeloFinding>> helo;

  /** Who is checked. */
  record Subject(
      InetAddress client,
      Transaction transaction,
      List<HeaderField> header,
      Set<DnsName> ownNames) {
    String helo() {
      String helo = transaction.peer().helo();
      return helo == null ? "" : helo;
    }
  }

  SenderCheck(
      Subject subject,
      Resolver resolver,
      Supplier<Resolver> authorResolvers,
      SpfVerifier verifier,
      DkimVerification dkim,
      InstantSource clock) {
    this.resolver = resolver;
    this.authorResolvers = authorResolvers;
    this.clock = clock;
    this.dkim = dkim;
    this.author = AuthorDomain.of(subject.header());
    this.spf =
        Pending.begin(
            "spf",
            () ->
                verifier.verifyMailFrom(
                    resolver,
                    subject.client(),
                    subject.helo(),
                    subject.transaction().reversePath()));
    this.reverse = Pending.begin("iprev", () -> ReverseDns.verify(resolver, subject.client()));
    this.helo =
        Pending.begin(
            "helo",
            () -> HeloCheck.check(resolver, subject.helo(), subject.client(), subject.ownNames()));
    askAhead();
  }

  /**
   * What the end of the message will ask for is asked now: then the cache has it. Answers are not
   * waited for.
   */
  private void askAhead() {
    dkim.keyNames().forEach(this::askAhead);
    for (DnsName domain : author.domains().stream().limit(DmarcJudge.MAX_AUTHORS).toList()) {
      domain.under("_dmarc").ifPresent(this::askAhead);
    }
  }

  private void askAhead(DnsName name) {
    Thread.ofVirtual().name("sender ahead").start(() -> resolver.txt(name));
  }

  /** Whether any signature needs the body. */
  public boolean readsBody() {
    return !dkim.keyNames().isEmpty();
  }

  /** The next piece of the body, when {@link #readsBody}. */
  public void body(byte[] octets, int start, int length) {
    dkim.body(octets, start, length);
  }

  /** After the whole body: waits for what is not known yet. Call it once. */
  public SenderFindings finish() {
    List<DkimOutcome> signatures = dkim.finish(new DnsKeys(resolver), clock.instant());
    SpfOutcome sender = spf.result();
    return new SenderFindings(
        sender,
        signatures,
        author,
        DmarcJudge.judge(authorResolvers, author, sender, signatures),
        reverse.result(),
        helo.result());
  }
}
