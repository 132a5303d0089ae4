package dev.backstop.cli.check;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.policy.Measure;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.cli.check.result.Explanation;
import dev.backstop.cli.check.result.Opinion;
import dev.backstop.cli.check.result.Session;
import dev.backstop.edge.Action;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.answers.AnswerJudge.AtRecipient;
import dev.backstop.server.flow.IncomingJudge;
import dev.backstop.server.flow.Outcome;
import dev.backstop.server.flow.Refusals;
import dev.backstop.server.flow.VerdictHeader;
import dev.backstop.server.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plays the session in which a message would come, up to the reply that the client would get. Safe
 * for all threads.
 */
final class Rehearsal {
  private final Rules rules;
  private final IncomingJudge judge;
  private final Transaction session;

  Rehearsal(Rules rules, IncomingJudge judge, Transaction session) {
    this.rules = rules;
    this.judge = judge;
    this.session = session;
  }

  /** What the server would say about that message in this session. */
  Opinion opinion(RawMessage message, AutomaticMail reading) {
    if (rules.isOutgoing(session)) {
      return new Opinion(
          Verdict.ORDINARY,
          List.of(),
          Explanation.what(reading)
              + ". From this client it is mail of ours on its way out: it is written down and"
              + " signed, not judged.");
    }
    List<Mailbox> accepted = new ArrayList<>();
    Optional<Opinion> refused = Optional.empty();
    for (Mailbox recipient : session.recipients()) {
      Optional<Opinion> opinion = atRecipient(recipient);
      if (opinion.isEmpty()) {
        accepted.add(recipient);
      }
      refused = refused.or(() -> opinion);
    }
    return accepted.isEmpty() && refused.isPresent()
        ? refused.get()
        : atEnd(message, reading, accepted);
  }

  private Optional<Opinion> atRecipient(Mailbox recipient) {
    return switch (judge.recipient(session, recipient)) {
      case AtRecipient.Read _ -> Optional.empty();
      case AtRecipient.Slow _ ->
          throw new IllegalStateException("nobody has guessed any tags in this process");
      case AtRecipient.Refuse refuse ->
          Optional.of(
              Opinion.of(refuse.decision())
                  .in(
                      new Session(
                          "rcpt",
                          Mode.ENFORCE.toString(),
                          "refused",
                          Measure.REFUSE.toString(),
                          Refusals.atRecipient(refuse).toString(),
                          null)));
    };
  }

  private Opinion atEnd(RawMessage message, AutomaticMail reading, List<Mailbox> accepted) {
    var transaction =
        new Transaction(session.peer(), session.queueId(), session.reversePath(), accepted);
    IncomingJudge.Message begun = judge.begin(transaction, message.header());
    RawMessage.Body body = message.body();
    if (begun.readsBody()) {
      begun.body(body.bytes(), 0, body.length());
    }
    int kept = Math.min(begun.bodyWanted(), body.length());
    var held =
        new RawMessage(
            message.header(), new RawMessage.Body(body.bytes(), kept), kept < body.length());
    return begun
        .end(transaction, held)
        .map(outcome -> opinion(outcome, reading))
        .orElseGet(() ->
            new Opinion(
                Verdict.ORDINARY,
                List.of(),
                "No recipient is in a domain of ours: it is let go on unread."));
  }

  private static Opinion opinion(Outcome outcome, AutomaticMail reading) {
    var session =
        new Session(
            "end",
            outcome.judged().mode().toString(),
            outcome.word(),
            outcome.judged().enforced().toString(),
            outcome.action() instanceof Action.Refuse refuse ? refuse.reply().toString() : null,
            header(outcome.action()));
    boolean answer = outcome.judged().decision().verdict() != Verdict.ORDINARY;
    String explanation =
        answer
            ? outcome.judged().decision().explanation()
            : outcome
                .sender()
                .filter(sender -> sender.isRefused())
                .map(sender -> sender.explanation())
                .orElseGet(() -> Explanation.what(reading) + ".");
    return new Opinion(
            outcome.judged().decision().verdict(),
            outcome.judged().decision().evidence(),
            explanation)
        .in(session);
  }

  private static @Nullable String header(Action action) {
    return action instanceof Action.Accept accept
        ? accept.edits().stream()
            .filter(Action.Edit.InsertHeader.class::isInstance)
            .map(Action.Edit.InsertHeader.class::cast)
            .filter(insert -> insert.name().equals(VerdictHeader.NAME))
            .map(insert -> insert.value().replace("\r\n", ""))
            .findFirst()
            .orElse(null)
        : null;
  }
}
