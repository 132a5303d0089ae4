package dev.backstop.server.flow;

import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.verdict.Decision;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.edge.Action;
import dev.backstop.server.header.OwnField;

/**
 * The field {@code Backstop-Verdict}: verdict and evidence, for people and for their mail filters.
 *
 * <p>{@code Backstop-Verdict: unproven; form=bounce; mode=observe; enforcing=refuse; batv=none "the
 * address carries no tag, …"; journal=none "…"}
 */
final class VerdictHeader {
  static final String NAME = "Backstop-Verdict";

  private VerdictHeader() {}

  static Action.Edit of(Decision decision, Form form, Mode mode) {
    var value = new StringBuilder(decision.verdict().toString()).append("; form=").append(form);
    value.append("; mode=").append(mode);
    if (mode == Mode.OBSERVE) {
      value.append("; enforcing=").append(decision.wouldRefuse() ? "refuse" : "pass");
    }
    for (Evidence piece : decision.evidence()) {
      value.append(";\r\n ").append(piece.proof()).append('=').append(piece.finding());
      value.append(' ').append(OwnField.quoted(piece.detail()));
    }
    return new Action.Edit.InsertHeader(NAME, value.toString());
  }
}
