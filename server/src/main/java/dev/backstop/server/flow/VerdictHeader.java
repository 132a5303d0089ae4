package dev.backstop.server.flow;

import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.edge.Action;
import dev.backstop.server.answers.Judged;
import dev.backstop.server.header.OwnField;

/**
 * The field {@code Backstop-Verdict}: verdict and evidence, for people and for their mail filters.
 *
 * <p>{@code Backstop-Verdict: unproven; form=bounce; mode=observe; action=pass; enforcing=refuse;
 * batv=none "the address carries no tag, …"; journal=none "…"; reason="Nothing proves …"}
 */
public final class VerdictHeader {
  public static final String NAME = "Backstop-Verdict";

  private VerdictHeader() {}

  static Action.Edit of(Judged judged, Form form) {
    var value = new StringBuilder(judged.decision().verdict().toString());
    value.append("; form=").append(form);
    value.append("; mode=").append(judged.mode());
    value.append("; action=").append(judged.taken());
    if (judged.mode() == Mode.OBSERVE) {
      value.append("; enforcing=").append(judged.enforced());
    }
    for (Evidence piece : judged.decision().evidence()) {
      value.append(";\r\n ").append(piece.proof()).append('=').append(piece.finding());
      value.append(' ').append(OwnField.quoted(piece.detail()));
    }
    value.append(";\r\n reason=").append(OwnField.quoted(judged.decision().explanation()));
    return new Action.Edit.InsertHeader(NAME, value.toString());
  }
}
