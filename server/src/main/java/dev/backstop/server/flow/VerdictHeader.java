package dev.backstop.server.flow;

import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.verdict.Decision;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.edge.Action;
import dev.backstop.mail.message.HeaderField;
import java.util.List;

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
      value.append(" \"").append(quotable(piece.detail())).append('"');
    }
    return new Action.Edit.InsertHeader(NAME, value.toString());
  }

  /**
   * Fields of that name that came with the message are somebody else's word; the last goes first,
   * so that the numbers of the others hold.
   */
  static void removeForged(List<HeaderField> header, List<Action.Edit> edits) {
    int count = (int) header.stream().filter(field -> field.nameIs(NAME)).count();
    for (int occurrence = count; occurrence >= 1; occurrence--) {
      edits.add(new Action.Edit.RemoveHeader(NAME, occurrence));
    }
  }

  private static String quotable(String detail) {
    var text = new StringBuilder(detail.length());
    for (int i = 0; i < detail.length(); i++) {
      char c = detail.charAt(i);
      text.append(c < ' ' || c >= 0x7f ? '?' : c == '"' || c == '\\' ? '\'' : c);
    }
    return text.toString();
  }
}
