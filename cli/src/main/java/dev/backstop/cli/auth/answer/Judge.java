package dev.backstop.cli.auth.answer;

import dev.backstop.auth.dkim.OwnKeys;
import dev.backstop.auth.dmarc.DmarcVerifier;
import dev.backstop.auth.dmarc.Identifier;
import dev.backstop.auth.spf.SpfLimits;
import dev.backstop.auth.spf.SpfOutcome;
import dev.backstop.auth.spf.SpfVerifier;
import dev.backstop.cli.auth.request.Envelope;
import dev.backstop.cli.auth.request.Request;
import dev.backstop.dns.Budget;
import dev.backstop.dns.BudgetedResolver;
import dev.backstop.dns.Resolver;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers requests with the limits that the server has. Safe for all threads; blocks as long as the
 * resolver does.
 */
public final class Judge {
  private final Resolver resolver;
  private final Budget budget;
  private final OwnKeys ours;
  private final InstantSource clock;
  private final SpfVerifier spf;

  /**
   * A judge.
   *
   * @param budget for each request
   * @param receiver our name in the explanations of SPF; {@code unknown} when there is none
   * @param ours keys by which signatures of our own are recognised
   */
  public Judge(
      Resolver resolver, Budget budget, String receiver, OwnKeys ours, InstantSource clock) {
    this.resolver = resolver;
    this.ours = ours;
    this.budget = budget;
    this.clock = clock;
    this.spf = new SpfVerifier(receiver, clock, SpfLimits.STANDARD);
  }

  /** Answers one request; its time begins now. */
  public Answer answer(Request request) {
    var asked = new Remembering(new BudgetedResolver(resolver, budget, clock));
    return switch (request) {
      case Request.Spf(Envelope envelope) -> new Answer.Spf(spf(asked, envelope));
      case Request.Dmarc dmarc ->
          new Answer.Dmarc(DmarcVerifier.verify(asked, dmarc.author(), identifiers(dmarc)));
      case Request.Message message ->
          new MessageJudge(asked, ours, clock.instant())
              .answer(message, message.envelope().map(envelope -> spf(asked, envelope)));
    };
  }

  private SpfOutcome spf(Resolver asked, Envelope envelope) {
    return envelope
        .sender()
        .map(sender -> spf.verifyMailFrom(asked, envelope.client(), envelope.helo(), sender))
        .orElseGet(() -> spf.verifyHelo(asked, envelope.client(), envelope.helo()));
  }

  private static List<Identifier> identifiers(Request.Dmarc dmarc) {
    List<Identifier> identifiers = new ArrayList<>();
    dmarc.spf().forEach(domain -> identifiers.add(Identifier.spfPass(domain)));
    dmarc.dkim().forEach(domain -> identifiers.add(Identifier.dkimPass(domain)));
    return identifiers;
  }
}
