package dev.backstop.cli.check.result;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.verdict.Decision;
import dev.backstop.bounce.verdict.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What we hold of one message.
 *
 * @param evidence each proof's finding; may be empty
 * @param explanation one plain sentence a person understands
 * @param session what the server would say; {@code null} when no session was given
 */
public record Opinion(
    Verdict verdict, List<Evidence> evidence, String explanation, @Nullable Session session) {

  /** Of a message without a session. */
  public Opinion(Verdict verdict, List<Evidence> evidence, String explanation) {
    this(verdict, evidence, explanation, null);
  }

  /** A verdict as the server reaches it, in its words. */
  public static Opinion of(Decision decision) {
    return new Opinion(decision.verdict(), decision.evidence(), decision.explanation());
  }

  /** The same, reached in a session. */
  public Opinion in(Session session) {
    return new Opinion(verdict, evidence, explanation, session);
  }

  /** Without keys and journal nothing can be proved, either way. */
  public static Opinion withoutProof(AutomaticMail mail) {
    Verdict verdict = mail.isAutomatic() ? Verdict.UNPROVEN : Verdict.ORDINARY;
    return new Opinion(verdict, List.of(), Explanation.of(mail));
  }
}
