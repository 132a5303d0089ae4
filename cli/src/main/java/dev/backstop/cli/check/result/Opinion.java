package dev.backstop.cli.check.result;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.verdict.Verdict;
import java.util.List;

/**
 * What we hold of one message.
 *
 * @param evidence each proof's finding; may be empty
 * @param explanation one plain sentence a person understands
 */
public record Opinion(Verdict verdict, List<Evidence> evidence, String explanation) {

  /** Without keys and journal nothing can be proved, either way. */
  public static Opinion withoutProof(AutomaticMail mail) {
    Verdict verdict = mail.isAutomatic() ? Verdict.UNPROVEN : Verdict.ORDINARY;
    return new Opinion(verdict, List.of(), Explanation.of(mail));
  }
}
