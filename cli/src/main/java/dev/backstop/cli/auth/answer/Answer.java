package dev.backstop.cli.auth.answer;

import dev.backstop.auth.dmarc.DmarcOutcome;
import dev.backstop.auth.spf.SpfOutcome;

/** What was found. */
public sealed interface Answer permits Answer.Spf, Answer.Dmarc, MessageAnswer {

  /** To {@link dev.backstop.cli.auth.request.Request.Spf}. */
  record Spf(SpfOutcome outcome) implements Answer {}

  /** To {@link dev.backstop.cli.auth.request.Request.Dmarc}. */
  record Dmarc(DmarcOutcome outcome) implements Answer {}
}
