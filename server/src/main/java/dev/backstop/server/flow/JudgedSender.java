package dev.backstop.server.flow;

import dev.backstop.bounce.policy.Measure;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.server.senders.SenderDecision;
import dev.backstop.server.senders.SenderFindings;
import java.util.Optional;

/** What was found out about a sender, and what follows. */
public record JudgedSender(SenderFindings findings, SenderDecision decision) {

  public boolean isRefused() {
    return decision.taken() == Measure.REFUSE;
  }

  /** Why the message fails its author's policy, for the event. */
  Optional<String> failure() {
    return decision.asked() == Measure.PASS ? Optional.empty() : Optional.of(decision.reason());
  }

  /** One plain sentence for a mailbox user. */
  public String explanation() {
    String what =
        "The message says that it is from "
            + findings.dmarc().map(outcome -> outcome.authorDomain().text()).orElse("nobody")
            + ", and nothing proves it. ";
    if (decision.forwarder().isPresent()) {
      return what + "It came through " + decision.forwarder().get() + ", which may forward mail.";
    }
    return what
        + switch (decision.taken()) {
          case REFUSE -> "The owner of that domain wants such mail refused, so it was.";
          case MARK, QUARANTINE ->
              "The owner of that domain wants such mail set apart, so it was marked.";
          case PASS ->
              decision.mode() == Mode.OBSERVE
                  ? "We only observe, so it was delivered."
                  : "It is a proved answer to mail of ours, so it was delivered.";
        };
  }
}
