package dev.backstop.server.senders;

import dev.backstop.bounce.policy.Measure;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.edge.Action;
import dev.backstop.server.header.OwnField;

/**
 * The field {@code Backstop-Sender} of mail that fails the policy of its author's domain, for
 * people and for their mail filters.
 *
 * <p>{@code Backstop-Sender: mark; mode=enforce; dmarc=fail "no authenticated domain is …"}
 */
public final class SenderHeader {
  /** Its name. */
  public static final String NAME = "Backstop-Sender";

  private SenderHeader() {}

  /** Ours; call it when something was asked for. */
  public static Action.Edit of(SenderDecision decision) {
    var value = new StringBuilder(decision.taken().toString());
    value.append("; mode=").append(decision.mode());
    if (decision.mode() == Mode.OBSERVE) {
      boolean excepted = decision.forwarder().isPresent();
      value.append("; enforcing=").append(excepted ? Measure.PASS : decision.asked());
    }
    decision.forwarder().ifPresent(name -> value.append("; except=").append(name));
    value.append(";\r\n dmarc=fail ").append(OwnField.quoted(decision.reason()));
    return new Action.Edit.InsertHeader(NAME, value.toString());
  }
}
